import Diagnostics
import ExperimentExamples
import Foundation
import Specs
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
    let reading = try Self.reading(name)
    #expect(
      try reading.text
        == String(contentsOfFile: "\(Self.folder)/\(name).expected", encoding: .utf8))
    // Warnings alone don't stop anybody.
    #expect((reading.plan == nil) == reading.text.contains("error: "))
    // Nor what is written out of it.
    for plan in reading.plans {
      let again = try Reading(plan.resolvedText(seed: 0))
      #expect(again.plans.map(\.specHash) == [plan.specHash], "\(again.text)")
    }
  }

  /// What the fixture with that name comes to; `# --set KEY=VALUE` in its lines stands for the command line.
  private static func reading(_ name: String) throws -> Reading {
    let path = "\(folder)/\(name).yaml"
    let lines = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
      .split(separator: "\n")
    let start = "# --set "
    return try Reading(
      path: path,
      settings: lines.filter { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) })
  }

  /// The kinds of mistakes that the sources declare, by the targets that do.
  private static func declared() throws -> [String: Set<String>] {
    let sources =
      URL(fileURLWithPath: #filePath).pathComponents.dropLast(4)
      .joined(separator: "/") + "/Sources"
    var declared: [String: Set<String>] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: sources)
    where path.hasSuffix("/Diagnostic+Identifier.swift") {
      let text = try String(contentsOfFile: "\(sources)/\(path)", encoding: .utf8)
      let matches = text.matches(of: /static let (\w+) =\s+Self\(\s*"(\w+)"/)
      #expect(matches.count == text.split(separator: "static let ").count - 1, "\(path)")
      for match in matches {
        #expect(match.1 == match.2)
        let target = path.prefix { $0 != "/" }
        declared[String(target), default: []].insert(String(match.1))
      }
    }
    return declared
  }

  /// What a file that is larger than a fixture should be comes to.
  private static func readingOfLargeFile() throws -> Reading {
    let path = NSTemporaryDirectory() + "/exp-large-\(UUID().uuidString).yaml"
    defer { unlink(path) }
    try Data(repeating: UInt8(ascii: "#"), count: 1 << 20 + 1).write(
      to: URL(fileURLWithPath: path))
    return try Reading(path: path)
  }

  @Test func everyKindOfMistakeHasItsFixture() throws {
    let readings = try Self.names.map(Self.reading) + [Self.readingOfLargeFile()]
    // The first two are of sections on which finished networks are scored, as TestSetTests shows; the others need files,
    // which TwoClassesTests and SmallDataTests have.
    let shown =
      readings.flatMap { $0.diagnostics.all.map(\.identifier.name) }
      + ["keyWithoutEffect", "otherPreparation", "emptyClass", "lackingFolds", "undefinedMetric"]
    let declared = try Self.declared()
    #expect(declared.values.reduce(0) { $0 + $1.count } > 60)
    // Commands say theirs of their own arguments.
    for (target, identifiers) in declared where !["Diagnostics", "Reports"].contains(target) {
      #expect(identifiers.subtracting(shown) == [], "\(target)")
    }
  }

  @Test func elevenMistakesAreElevenDiagnostics() throws {
    let lines = try Reading(path: "\(Self.folder)/eleven_mistakes.yaml").text.split(separator: "\n")
    #expect(lines.filter { $0.contains(": error: ") }.count == 11)
  }
}
