import Foundation
import Testing

/// A page of the documentation, with what it shows of files and commands.
struct MarkdownFile {
  /// The path below the repository.
  let path: String
  private let text: String

  /// The folder of the repository.
  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The README, the manual and the pages beside it that are not generated.
  static func all() throws -> [MarkdownFile] {
    let folders = ["docs", "docs/manual"]
    let pages = try folders.flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: repository.path + "/" + folder).sorted()
        .filter { $0.hasSuffix(".md") && $0 != "reference.md" }.map { "\(folder)/\($0)" }
    }
    return try (["README.md"] + pages).map(MarkdownFile.init)
  }

  init(_ path: String) throws {
    self.path = path
    text = try String(contentsOf: Self.repository.appendingPathComponent(path), encoding: .utf8)
  }

  /// A block of code.
  struct Block: CustomTestStringConvertible {
    /// The file and line where it begins.
    let place: String
    let language: String
    let lines: [String]
    /// The file that the text above the block says it is, as in "`digits.yaml`:"; nil if it says none.
    let file: String?

    var text: String { lines.map { $0 + "\n" }.joined() }
    var testDescription: String { place }
  }

  /// The blocks of code in it.
  var blocks: [Block] {
    var (blocks, lines, start) = ([Block](), [String](), (number: 0, language: String?.none))
    var sentence = ""
    for (number, line) in text.components(separatedBy: "\n").enumerated() {
      if let language = start.language {
        if line == "```" {
          let file = sentence.firstMatch(of: /`([a-z0-9-]+\.[a-z]+)`:$/).map { String($0.output.1) }
          blocks.append(
            Block(
              place: "\(path):\(start.number)", language: language, lines: lines, file: file))
          (start.language, lines) = (nil, [])
        } else {
          lines.append(line)
        }
      } else if line.hasPrefix("```") {
        start = (number + 1, String(line.dropFirst(3)))
      } else if !line.isEmpty {
        sentence = line
      }
    }
    return blocks
  }

  /// The links to files of the repository, each with its line, and the heading in it that a link names.
  var links: [(place: String, file: String, heading: String?)] {
    text.matches(of: /\]\(([^()\s]+)\)/).compactMap { match in
      let target = match.output.1
      guard !target.contains(":") else { return nil }
      let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let line = text[..<match.range.lowerBound].count { $0 == "\n" } + 1
      let folder = path.split(separator: "/").dropLast().map { "\($0)/" }.joined()
      return (
        "\(path):\(line)", parts[0].isEmpty ? path : folder + parts[0],
        parts.count == 2 ? String(parts[1]) : nil
      )
    }
  }

  /// The names by which links find its headings, as GitHub makes them: in lower case, without signs, and with hyphens for
  /// blanks.
  var headings: Set<String> {
    let code = Set(blocks.flatMap(\.lines))
    return Set(
      text.components(separatedBy: "\n").filter { $0.hasPrefix("#") && !code.contains($0) }.map {
        String(
          $0.drop { $0 == "#" }.dropFirst().lowercased().replacing(" ", with: "-")
            .filter { $0.isLetter || $0.isNumber || "-_".contains($0) })
      })
  }

  /// The commands `exp …` in blocks and in running text, with the place of each.
  var commands: [(place: String, words: [String])] {
    let shown = blocks.flatMap { block in
      block.lines.joined(separator: "\n").replacing("\\\n", with: " ").split(separator: "\n")
        .map { $0.hasPrefix("$ ") ? $0.dropFirst(2) : $0 }
        .filter { ["console", "sh"].contains(block.language) && $0.hasPrefix("exp ") }
        .map { (block.place, Self.words(of: $0)) }
    }
    let inline = text.matches(of: /`exp (?:[^`]*)`/).map { match in
      let line = text[..<match.range.lowerBound].count { $0 == "\n" } + 1
      return ("\(path):\(line)", Self.words(of: text[match.range].dropFirst().dropLast()))
    }
    return shown + inline
  }

  /// The words of a command up to a comment, a pipe, or where its output goes; quotes keep blanks together.
  private static func words(of command: Substring) -> [String] {
    let pattern = /'([^']*)'|"([^"]*)"|[^\s'"]+/
    return command.matches(of: pattern).map { String($0.output.1 ?? $0.output.2 ?? $0.output.0) }
      .prefix { !["#", "|", ">", "&&", "2>&1"].contains($0) }.map(\.self)
  }
}
