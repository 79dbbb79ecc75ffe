import Foundation

/// A Python interpreter, which reads our formats with other programs' readers.
struct Python {
  /// The command that starts it.
  let command: String

  /// The one of this machine, of which no more than its standard library is used.
  static let standard = Python(command: "python3")
  /// That of `make interop`, which has packages; nil where the tests were started otherwise.
  static let ofInterop = ProcessInfo.processInfo.environment["INTEROP_PYTHON"].map(Python.init)

  /// Whether it is there.
  var isHere: Bool { (try? run("import csv", input: "")) != nil }

  /// The output of `script`, given `input`. The script has no single quotes.
  func run(_ script: String, input: String) throws -> String {
    precondition(!script.contains("'"), "the shell would end the script there")
    // As it is set where the tests were started, for a virtual environment to be found.
    let ending = try Shell.run("exec '\(command)' -c '\(script)'", input: input)
    guard ending.code == 0 else { throw Failure(code: ending.code) }
    return ending.output
  }

  /// The script ended with another code than 0.
  struct Failure: Error {
    let code: Int32
  }
}
