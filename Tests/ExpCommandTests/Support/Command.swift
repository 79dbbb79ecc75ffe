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
struct Command {
  private let process = Process()
  private let output: Captured
  private let error: Captured

  /// Starts `exp` with `arguments` in `folder`.
  ///
  /// - Parameter outputPath: where standard output goes, if it is not to be captured.
  init(
    _ arguments: [String], in folder: String, environment: [String: String] = [:],
    outputPath: String? = nil
  ) throws {
    output = try Captured()
    error = try Captured()
    process.executableURL = try Self.program()
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    // No data of this machine is seen unless a test shows it.
    process.environment = [
      "PATH": "/usr/bin:/bin", "HOME": folder, "TZ": "UTC", "LC_ALL": "C.UTF-8",
    ].merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput =
      try outputPath.map {
        try FileHandle(forWritingTo: URL(fileURLWithPath: $0))
      } ?? output.file
    process.standardError = error.file
    try process.run()
  }

  /// Sends `signal`.
  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits until `condition` holds; false if the command ends first.
  func wait(until condition: () -> Bool) -> Bool {
    while process.isRunning {
      if condition() { return true }
      usleep(2_000)
    }
    return false
  }

  /// Waits for the end; a command that goes on for minutes is killed.
  func ending() throws -> Ending {
    let deadline = ContinuousClock.now + .seconds(120)
    if wait(until: { ContinuousClock.now > deadline }) {
      send(SIGKILL)
      // A process that it left behind may hold what its end is seen by; no test waits for that.
      let end = ContinuousClock.now + .seconds(10)
      if wait(until: { ContinuousClock.now > end }) { throw Endless() }
    }
    let isSignal = process.terminationReason == .uncaughtSignal
    return Ending(
      code: process.terminationStatus + (isSignal ? 128 : 0), output: try output.text(),
      error: try error.text())
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

/// A command went on for minutes, and left a process behind.
struct Endless: Error {}

/// A file that takes what a command writes: no pipe that can fill up while nobody reads.
private struct Captured {
  let file: FileHandle
  private let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/exp-output-" + UUID().uuidString
    try Data().write(to: URL(fileURLWithPath: path))
    file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }

  func text() throws -> String {
    defer { unlink(path) }
    return try String(contentsOfFile: path, encoding: .utf8)
  }
}
