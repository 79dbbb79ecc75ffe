import Files
import Foundation
import Testing

/// One folder of runs with one run of the experiment, and what becomes of it.
final class Attempt {
  private let place: Workplace
  /// The folder of runs, in the workplace.
  let name: String

  init(in place: Workplace) {
    self.place = place
    name = "runs-" + UUID().uuidString.prefix(8)
  }

  /// A folder of runs that has what `other` has now.
  convenience init(like other: Attempt) throws {
    self.init(in: other.place)
    try FileManager.default.copyItem(atPath: other.root, toPath: root)
  }

  /// Removes everything.
  func remove() {
    for path in [root, logPath] { try? FileManager.default.removeItem(atPath: path) }
  }

  // MARK: what is done

  /// Starts the experiment's run.
  func startRun(_ environment: [String: String] = [:]) throws -> Command {
    try start("run torture.yaml --threads 1 --output-dir \(name)", environment)
  }

  /// The experiment's run.
  @discardableResult
  func run(_ environment: [String: String] = [:]) throws -> Ending {
    try startRun(environment).ending()
  }

  /// Starts what goes on with the run: or, where none came to be, the run.
  func startAgain(_ environment: [String: String] = [:]) throws -> Command {
    folder == nil
      ? try startRun(environment)
      : try start("resume --all --threads 1 --output-dir \(name)", environment)
  }

  /// Goes on until the run is complete; the end of the last command.
  @discardableResult
  func mend() throws -> Ending {
    for _ in 1...3 {
      let ending = try startAgain().ending()
      if try status() == "completed" || ending.code != 0 { return ending }
    }
    throw NeverCompleted()
  }

  /// No command failed, but the run is not complete.
  struct NeverCompleted: Error {}

  /// Starts `exp` with the words of `line`, with its writes watched.
  private func start(_ line: String, _ environment: [String: String]) throws -> Command {
    return try place.start(
      line,
      environment: [
        "LD_PRELOAD": try Command.faultInjection(), "FAULT_LOG": logPath,
        "FAULT_ROOT": try Storage.canonicalPath(place.path) + "/" + name,
      ].merging(environment) { $1 })
  }

  // MARK: what is there

  /// The folder of runs.
  var root: String { "\(place.path)/\(name)" }

  private var logPath: String { "\(root).log" }

  /// The run's folder, the latest if there are several; nil if none came to be.
  var folder: String? { place.runs(of: "torture", in: name).last { !$0.contains("/.") } }

  /// All points up to now.
  func points() throws -> [FaultPoint] { try FaultPoint.log(at: logPath) }

  /// The contents of the run's folder.
  func contents() throws -> RunContents? {
    try folder.map { try RunContents(of: "\(place.path)/\($0)") }
  }

  /// The paths of the saved states, the last at the end.
  func states() throws -> [String] {
    let path = "\(place.path)/\(try #require(folder))/state"
    return try Folder(path).names().filter { $0.hasSuffix(".safetensors") }
      .sorted { $0.compare($1, options: .numeric) == .orderedAscending }.map { "\(path)/\($0)" }
  }

  /// What run.json says about how far the run has come; nil if it isn't there.
  func status() throws -> String? {
    guard let folder, place.exists("\(folder)/run.json") else { return nil }
    return try place.json("\(folder)/run.json")["status"] as? String
  }
}
