import ChildPrograms
import Foundation
import Testing

/// How a command ended, and what it wrote.
struct Ending {
  /// The exit code; 128 + the number of a signal that ended it.
  let code: Int32
  /// Standard output.
  let output: String
  /// Standard error.
  let error: String
}

/// The command `exp` as a user starts it.
final class Command {
  private let child: Child
  private let output: Captured
  private let error: Captured
  private var end: Child.End?

  /// Starts `exp` with `arguments` in `folder`.
  ///
  /// - Parameters:
  ///   - program: the path of what is started in place of `exp`.
  ///   - outputPath: where standard output goes, if it is not to be captured.
  ///   - preparation: what a shell does before it becomes the command, such as `ulimit -n 8`.
  ///   - isInOwnGroup: whether it is alone in a process group, as what a terminal's user starts.
  init(
    _ arguments: [String], of program: String? = nil, in folder: String,
    environment: [String: String] = [:], outputPath: String? = nil,
    after preparation: String? = nil, isInOwnGroup: Bool = false
  ) throws {
    output = Captured()
    error = Captured()
    let descriptors = [
      open("/dev/null", O_RDONLY | O_CLOEXEC),
      open(outputPath ?? output.path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666),
      open(error.path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666),
    ]
    defer { for descriptor in descriptors { close(descriptor) } }
    // No data of this machine is seen unless a test shows it. Instructions are limited as those of the tests.
    let limit = ProcessInfo.processInfo.environment.filter { $0.key == "ONEDNN_MAX_CPU_ISA" }
    let variables = [
      "PATH": "/usr/bin:/bin", "HOME": folder, "TZ": "UTC", "LC_ALL": "C.UTF-8",
    ].merging(limit) { $1 }.merging(environment) { $1 }
    var setting = Child.Setting()
    setting.descriptors = descriptors
    setting.environment = variables.map { "\($0)=\($1)" }
    setting.directory = folder
    setting.isInOwnGroup = isInOwnGroup
    let command = [try program ?? Self.program().path] + arguments
    child =
      if let preparation {
        try Child(
          "/bin/sh", ["sh", "-c", "\(preparation) && exec \"$@\"", "sh"] + command, setting)
      } else {
        try Child(command[0], command, setting)
      }
  }

  /// Sends `signal`.
  func send(_ signal: Int32) { child.send(signal) }

  /// Waits until `condition` holds; false if the command ends first.
  func wait(until condition: () -> Bool) -> Bool {
    while end == nil {
      if condition() { return true }
      usleep(2_000)
      do {
        end = try child.end()
      } catch {
        Issue.record(error)
        return false
      }
    }
    return false
  }

  /// Waits for the end; a command that goes on for longer than `limit` is killed.
  func ending(within limit: Duration = .seconds(120)) throws -> Ending {
    let deadline = ContinuousClock.now + limit
    if wait(until: { ContinuousClock.now > deadline }) { send(SIGKILL) }
    let code =
      switch try end ?? child.waitForEnd() {
      case .exited(let status): status
      case .killed(let signal): 128 + signal
      }
    return Ending(code: code, output: try output.text(), error: try error.text())
  }

  /// The library that lets calls of a command fail that loads it by LD_PRELOAD.
  static func faultInjection() throws -> String {
    let library = try program().deletingLastPathComponent()
      .appendingPathComponent("libFaultInjection.so").path
    try #require(FileManager.default.fileExists(atPath: library), "build the tests: \(library)")
    return library
  }

  /// The built command, beside the tests.
  static func program() throws -> URL {
    for argument in [CommandLine.arguments[0], Bundle.main.bundlePath] + CommandLine.arguments {
      let program = URL(fileURLWithPath: argument).deletingLastPathComponent()
        .appendingPathComponent("exp")
      if FileManager.default.isExecutableFile(atPath: program.path) { return program }
    }
    throw CocoaError(.fileNoSuchFile)
  }
}

/// A file that takes what a command writes: no pipe that can fill up while nobody reads.
private struct Captured {
  let path = NSTemporaryDirectory() + "/exp-output-" + UUID().uuidString

  /// What was written; empty if the command wrote elsewhere.
  func text() throws -> String {
    guard FileManager.default.fileExists(atPath: path) else { return "" }
    defer { unlink(path) }
    return try String(contentsOfFile: path, encoding: .utf8)
  }
}
