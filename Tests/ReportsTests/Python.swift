import Foundation

/// The Python of this machine, where other programs' readers of our formats are at hand.
enum Python {
  /// Whether there is one that has `module`.
  static func has(_ module: String) -> Bool { (try? run("import \(module)", input: "")) != nil }

  /// What `script` prints, given `input`.
  static func run(_ script: String, input: String) throws -> String {
    let folder = NSTemporaryDirectory() + "exp-python-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (source, target) = (folder + "/input", folder + "/output")
    try Data(input.utf8).write(to: URL(fileURLWithPath: source))
    try Data().write(to: URL(fileURLWithPath: target))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // As it is set where the tests were started, for a virtual environment to be found.
    process.arguments = ["python3", "-c", script]
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: source))
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: target))
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(code: process.terminationStatus) }
    return try String(contentsOfFile: target, encoding: .utf8)
  }

  /// The script ended with another code than 0.
  struct Failure: Error {
    let code: Int32
  }
}
