import Foundation
import Testing

/// A folder in which a test works as a user would; it is removed with the test.
final class Workplace {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "exp-command-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Runs `exp` with the words of `line`, after what a shell does in `preparation`.
  func exp(
    _ line: String, environment: [String: String] = [:], after preparation: String? = nil
  ) throws -> Ending {
    try Command(
      line.split(separator: " ").map(String.init), in: path, environment: environment,
      after: preparation
    ).ending()
  }

  /// Starts `exp` with the words of `line`.
  func start(
    _ line: String, environment: [String: String] = [:], isInOwnGroup: Bool = false
  ) throws -> Command {
    try Command(
      line.split(separator: " ").map(String.init), in: path, environment: environment,
      isInOwnGroup: isInOwnGroup)
  }

  /// Writes `text` to `file`.
  func write(_ text: String, to file: String) throws { try write(Array(text.utf8), to: file) }

  /// Writes `bytes` to `file`.
  func write(_ bytes: [UInt8], to file: String) throws {
    let url = URL(fileURLWithPath: "\(path)/\(file)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func bytes(_ file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)")))
  }

  func text(_ file: String) throws -> String { String(decoding: try bytes(file), as: UTF8.self) }

  /// Replaces the one `old` in `file` by `new`.
  func replace(_ old: String, by new: String, in file: String) throws {
    let parts = try text(file).components(separatedBy: old)
    try #require(parts.count == 2, "'\(old)' is not once in \(file)")
    try write(parts.joined(separator: new), to: file)
  }

  func json(_ file: String) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(try bytes(file)))
    return try #require(object as? [String: Any])
  }

  func exists(_ file: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(file)") }

  /// The names in `folder`, hidden ones too; none if there is no such folder.
  func names(in folder: String) -> [String] {
    let url = URL(fileURLWithPath: "\(path)/\(folder)")
    return ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
  }

  /// The folders of all runs of `experiment`, below the workplace.
  func runs(of experiment: String, in root: String = "runs") -> [String] {
    names(in: "\(root)/\(experiment)").map { "\(root)/\(experiment)/\($0)" }
  }
}
