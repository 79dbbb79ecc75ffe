import Foundation

/// The Python of this machine, where other programs' readers of our formats are at hand.
enum Python {
  /// Whether there is one that has `module`.
  static func has(_ module: String) -> Bool { (try? run("import \(module)", input: "")) != nil }

  /// What `script` prints, given `input`. It has no single quotes.
  static func run(_ script: String, input: String) throws -> String {
    precondition(!script.contains("'"), "the shell would end the script there")
    // As it is set where the tests were started, for a virtual environment to be found.
    let ending = try Shell.run("exec python3 -c '\(script)'", input: input)
    guard ending.code == 0 else { throw Failure(code: ending.code) }
    return ending.output
  }

  /// The script ended with another code than 0.
  struct Failure: Error {
    let code: Int32
  }
}
