import Foundation
import Testing

/// Each `Fixtures/*.yaml` has mistakes, or what is only doubtful, and `*.expected` beside it the text that the user sees.
@Suite struct DiagnosticsTests {
  private static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Fixtures"
  private static let names = names(endingIn: ".yaml")

  /// The names of the fixtures' files with that ending, without it.
  private static func names(endingIn ending: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
  }

  @Test func allFixturesAreFound() {
    #expect(Self.names.count >= 25)
    #expect(Self.names == Self.names(endingIn: ".expected"))
  }

  @Test(arguments: names)
  func theUserSees(name: String) throws {
    let reading = try Reading(path: "\(Self.folder)/\(name).yaml")
    #expect(
      try reading.text
        == String(contentsOfFile: "\(Self.folder)/\(name).expected", encoding: .utf8))
    // Warnings alone don't stop anybody.
    #expect((reading.plan == nil) == reading.text.contains("error: "))
  }

  @Test func elevenMistakesAreElevenDiagnostics() throws {
    let lines = try Reading(path: "\(Self.folder)/eleven_mistakes.yaml").text.split(separator: "\n")
    #expect(lines.filter { $0.contains(": error: ") }.count == 11)
  }
}
