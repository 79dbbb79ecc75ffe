import Foundation
import Testing

/// Each `Fixtures/*.yaml` has mistakes, and `*.expected` beside it the text that the user sees.
@Suite struct DiagnosticsTests {
  private static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Fixtures"
  private static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(".yaml".count)) }.sorted()

  @Test(arguments: names)
  func theUserSees(name: String) throws {
    let reading = try Reading(path: "\(Self.folder)/\(name).yaml")
    #expect(reading.plan == nil)
    #expect(
      try reading.text
        == String(contentsOfFile: "\(Self.folder)/\(name).expected", encoding: .utf8))
  }

  @Test func elevenMistakesAreElevenDiagnostics() throws {
    let lines = try Reading(path: "\(Self.folder)/eleven_mistakes.yaml").text.split(separator: "\n")
    #expect(lines.filter { $0.contains(": error: ") }.count == 11)
  }
}
