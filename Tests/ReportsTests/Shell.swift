import ChildPrograms
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
    let file = NSTemporaryDirectory() + "/reports-shell-" + UUID().uuidString
    try Data(input.utf8).write(to: URL(fileURLWithPath: file))
    defer { unlink(file) }
    var program = ChildProgram(["/bin/sh", "-c", "exec 2>&1 <'\(file)'; \(command)"])
    program.timeLimit = .seconds(seconds)
    program.outputLimit = 1 << 24
    let (ending, output) = try program.run()
    guard case .exited(let code) = ending else {
      throw Unfinished(command: command, ending: ending)
    }
    return Ending(code: code, output: String(decoding: output, as: UTF8.self))
  }

  /// A command that did not end by itself.
  struct Unfinished: Error {
    let command: String
    let ending: ChildProgram.Ending
  }

  /// What `command` writes, without the line break at the end; it has to succeed.
  static func output(_ command: String, input: String) throws -> String {
    let ending = try run(command, input: input)
    #expect(ending.code == 0, "\(command): \(ending.output)")
    return ending.output.trimmingCharacters(in: .newlines)
  }
}
