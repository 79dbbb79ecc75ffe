import Foundation
import Testing

/// The page that draws the house, held against the house.
@Suite struct ArchitectureTests {
  private static let package = URL(fileURLWithPath: #filePath).pathComponents.dropLast(3)
    .joined(separator: "/")

  /// The rows of the page's table: a target and the targets below it, nil for all.
  private static func floors() throws -> [(target: String, below: Set<String>?)] {
    let page = try String(contentsOfFile: "\(package)/docs/architecture.md", encoding: .utf8)
    return page.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 3, cells[0].hasPrefix("`") else { return nil }
      let below = Set(cells[2].matches(of: /`(\w+)`/).map { String($0.1) })
      return (cells[0].trimmingCharacters(in: ["`"]), cells[2] == "all" ? nil : below)
    }
  }

  /// The names of the folders in `Sources`.
  private static func targets() throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: "\(package)/Sources"))
  }

  /// The project's modules that a target's Swift files import.
  private static func imports(of target: String) throws -> Set<String> {
    let folder = "\(package)/Sources/\(target)"
    let ours = try targets()
    return try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".swift") }
      .reduce(into: []) { found, path in
        let text = try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
        for match in text.matches(
          of:
            /(?m)^\s*(?:@\w+ )*(?:(?:public|package|internal|fileprivate|private) )?import (?:(?:struct|class|enum|protocol|func|var|let|typealias) )?(\w+)/
        )
        where ours.contains(String(match.1)) {
          found.insert(String(match.1))
        }
      }
  }

  @Test func `the page has every target with Swift in it`() throws {
    let written = try Set(Self.floors().map(\.target))
    let swift = try Self.targets().filter { target in
      try FileManager.default.subpathsOfDirectory(atPath: "\(Self.package)/Sources/\(target)")
        .contains { $0.hasSuffix(".swift") }
    }
    #expect(written == swift)
  }

  @Test func `every import is in the table`() throws {
    for (target, below) in try Self.floors() {
      guard let below else { continue }
      let imports = try Self.imports(of: target)
      #expect(imports.subtracting(below) == [], "\(target) imports what the page does not say")
      #expect(below.subtracting(imports) == [], "\(target) does not import what the page says")
    }
  }

  @Test func `an arrow goes down only`() throws {
    let order = try Self.floors().map(\.target)
    for (place, floor) in try Self.floors().enumerated() {
      #expect((floor.below ?? []).isDisjoint(with: order[...place]), "\(floor.target)")
    }
  }

  @Test func `the manifest says what the page says`() throws {
    let manifest = try String(contentsOfFile: "\(Self.package)/Package.swift", encoding: .utf8)
    for (target, below) in try Self.floors() {
      let start = try #require(manifest.range(of: "name: \"\(target)\""), "\(target)")
      let rest = manifest[start.upperBound...].prefix { $0 != ")" }
      let dependencies = rest.matches(of: /"(\w+)"/).map { String($0.1) }
      if let below { #expect(Set(dependencies) == below, "\(target)") }
    }
  }

  @Test func `no C type is seen outside of the target that imports it`() throws {
    let ours = try Self.targets()
    for user in ours {
      let folder = "\(Self.package)/Sources/\(user)"
      for path in try FileManager.default.subpathsOfDirectory(atPath: folder)
      where path.hasSuffix(".swift") {
        let text = try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
        for line in text.split(separator: "\n") {
          guard let match = try /import (\w+)/.firstMatch(in: line), !line.hasPrefix("//"),
            try Self.isC(String(match.1), among: ours)
          else { continue }
          #expect(line.contains("internal import"), "\(user)/\(path): \(line)")
        }
      }
    }
  }

  /// True if a module is a target without Swift files.
  private static func isC(_ module: String, among targets: Set<String>) throws -> Bool {
    guard targets.contains(module) else { return false }
    return try !FileManager.default.subpathsOfDirectory(atPath: "\(package)/Sources/\(module)")
      .contains { $0.hasSuffix(".swift") }
  }
}
