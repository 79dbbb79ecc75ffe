import Datasets
import Testing

struct ChildProgramTests {
  @Test func `nothing is said about a program that succeeds`() throws {
    #expect(try runProgram(["sh", "-c", "echo done"]) == nil)
  }

  @Test func `a failure is told by its output, else by its status`() throws {
    #expect(try runProgram(["sh", "-c", "printf 'no route'; exit 7"]) == "no route")
    #expect(try runProgram(["sh", "-c", "exit 7"]) == "sh ended with status 7")
  }

  @Test func `a program that is not there is named`() throws {
    #expect(
      try runProgram(["exp-no-such-program"])
        == "the program 'exp-no-such-program' is not installed")
  }

  @Test(arguments: ["INT", "TERM"])
  func `a signal to the program cancels`(signal: String) {
    #expect(throws: CancellationError.self) { try runProgram(["sh", "-c", "kill -\(signal) $$"]) }
  }

  @Test func `any other signal is the program's own failure`() throws {
    #expect(try runProgram(["sh", "-c", "kill -KILL $$"]) == "sh was ended by signal 9")
  }

  @Test func `it inherits the environment`() throws {
    #expect(try runProgram(["sh", "-c", "test -n \"$PATH\""]) == nil)
  }
}
