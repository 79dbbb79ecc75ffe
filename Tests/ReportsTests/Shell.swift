import Foundation
import Testing

/// Other programs that tests compare with.
enum Shell {
  /// How a program ended, and what it wrote to both streams.
  struct Ending {
    let code: Int32
    let output: String
  }

  /// Runs `command` in a shell, for `seconds` at most.
  static func run(_ command: String, input: String = "", seconds: Double = 60) throws -> Ending {
    let folder = FileManager.default.temporaryDirectory
    let name = "reports-shell-" + UUID().uuidString
    let files = ["in", "out"].map { folder.appendingPathComponent("\(name).\($0)") }
    try Data(input.utf8).write(to: files[0])
    try Data().write(to: files[1])
    defer { for file in files { unlink(file.path) } }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    // `exec` makes the shell's process the program's, which the time limit can then end.
    process.arguments = ["-c", command]
    // Files: no pipe that fills up while nobody reads.
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    let output = try FileHandle(forWritingTo: files[1])
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let deadline = Date(timeIntervalSinceNow: seconds)
    while process.isRunning, Date() < deadline { usleep(5000) }
    if process.isRunning {
      process.terminate()
      Issue.record("'\(command)' did not end within \(seconds) s")
    }
    process.waitUntilExit()
    return Ending(
      code: process.terminationStatus, output: try String(contentsOf: files[1], encoding: .utf8))
  }

  /// What `command` writes, without the line break at the end; it has to succeed.
  static func output(_ command: String, input: String) throws -> String {
    let ending = try run(command, input: input)
    #expect(ending.code == 0, "\(command): \(ending.output)")
    return ending.output.trimmingCharacters(in: .newlines)
  }
}
