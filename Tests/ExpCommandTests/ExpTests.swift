import Foundation
import Testing

@Suite struct ExpTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  /// The parser would find the 'h' in it, print the help, and end with 0.
  @Test func aFileThatIsNamedLikeAnOptionIsNoCallForHelp() throws {
    let ending = try place.exp("predict latest -dash.png a.png")
    #expect(ending.code == 64)
    #expect(ending.output == "")
    #expect(
      ending.error.hasPrefix(
        "error: Unknown option '-dash.png'; a file of that name is './-dash.png'"))
    #expect(try place.exp("predict -h").code == 0)
  }

  /// The text of each help is that of a file in `Fixtures/Help`.
  @Test(arguments: [
    "exp", "init", "run", "attach", "resume", "check", "evaluate", "verify", "predict", "export",
    "compare", "diff",
    "report",
    "list", "show", "rm", "data",
    "explain", "schema",
    "data list",
    "data get", "data verify", "data show", "data preview", "data sample", "data cache",
  ])
  func helpIsAsWritten(command: String) throws {
    let words = command == "exp" ? "" : command
    let ending = try place.exp("\(words) --help", environment: ["COLUMNS": "80"])
    #expect(ending.code == 0)
    #expect(ending.error == "")
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/Help/\(command.replacing(" ", with: "-")).txt")
    #expect(try ending.output == String(contentsOf: file, encoding: .utf8))
    #expect(
      ending.output.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.hasPrefix("USAGE") })
  }

  @Test func withoutACommandTheHelpComes() throws {
    #expect(try place.exp("").output == place.exp("--help").output)
  }

  @Test func itTellsItsVersion() throws {
    let ending = try place.exp("--version")
    #expect(ending.code == 0)
    #expect(ending.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }
}
