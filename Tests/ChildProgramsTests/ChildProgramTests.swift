import ChildPrograms
import Foundation
import Testing

struct ChildProgramTests {
  /// Runs `script` in a shell.
  private func failure(_ script: String) throws -> String? {
    try ChildProgram(["sh", "-c", script]).failure()
  }

  @Test func `nothing is said about a program that succeeds`() throws {
    #expect(try failure("echo done") == nil)
  }

  @Test func `a failure is told by its output, else by its status`() throws {
    #expect(try failure("printf 'no route'; exit 7") == "no route")
    #expect(try failure("exit 7") == "sh ended with status 7")
  }

  @Test func `a program that is not there is named`() throws {
    #expect(
      try ChildProgram(["exp-no-such-program"]).failure()
        == "the program 'exp-no-such-program' is not installed")
    #expect(throws: ChildProgramError.self) { try ChildProgram(["exp-no-such-program"]).run() }
  }

  @Test(arguments: ["INT", "TERM"])
  func `a signal to the program cancels`(signal: String) {
    #expect(throws: CancellationError.self) { try failure("kill -\(signal) $$") }
  }

  @Test func `any other signal is the program's own failure`() throws {
    #expect(try failure("kill -KILL $$") == "sh was ended by signal 9")
  }

  @Test func `it inherits the environment`() throws {
    #expect(try failure("test -n \"$PATH\"") == nil)
  }

  @Test func `variables can be hidden, and others set`() throws {
    setenv("EXP_CHILD_TEST", "seen", 1)
    defer { unsetenv("EXP_CHILD_TEST") }
    var program = ChildProgram(["sh", "-c", "printf %s \"$EXP_CHILD_TEST$EXP_CHILD_OTHER\""])
    #expect(try program.run().output == Array("seen".utf8))
    program.hiddenVariables = "EXP_CHILD_"
    program.variables = ["EXP_CHILD_OTHER=set"]
    #expect(try program.run().output == Array("set".utf8))
    (program.hiddenVariables, program.variables) = (nil, ["EXP_CHILD_TEST=other"])
    #expect(try program.run().output == Array("other".utf8))
  }

  @Test func `no more output is kept than wanted, of a program that never stops`() throws {
    var program = ChildProgram(["yes"])
    program.outputLimit = 5
    let (ending, output) = try program.run()
    #expect(ending == .cut)
    #expect(output == Array("y\ny\ny".utf8))
  }

  @Test func `output that just fits is whole`() throws {
    var program = ChildProgram(["printf", "12345"])
    program.outputLimit = 5
    let (ending, output) = try program.run()
    #expect(ending == .exited(status: 0))
    #expect(output == Array("12345".utf8))
  }

  @Test func `a program that hangs is stopped`() throws {
    // Not a shell's child, which would outlive it.
    var program = ChildProgram(["sleep", "600"])
    program.timeLimit = .milliseconds(50)
    #expect(try program.run().ending == .timedOut)
  }

  @Test func `a quiet program has no input and no standard error`() throws {
    var program = ChildProgram(["sh", "-c", "cat; readlink /proc/self/fd/2 /proc/self/fd/0"])
    program.isQuiet = true
    #expect(try program.run().output == Array("/dev/null\n/dev/null\n".utf8))
  }
}
