import Documents
import TextLayout

/// All that a vocabulary says, as one page in GitHub's Markdown.
package struct Reference {
  private let vocabulary: Vocabulary
  /// Chapters on what is in no spec.
  private let others: [(title: String, text: String)]

  package init(_ vocabulary: Vocabulary, others: [(title: String, text: String)] = []) {
    self.vocabulary = vocabulary
    self.others = others
  }

  /// The page.
  package var text: String {
    let intro = """
      # Reference

      What a spec can say. This page is made by `exp explain --reference` from the declarations that specs are read by;
      `exp explain NAME` says the same in a terminal.


      """
    return intro + contents + vocabulary.entries.map(chapter).joined()
      + others.map { "## \($0.title)\n\n\($0.text)" }.joined()
  }

  private var contents: String {
    (vocabulary.entries.map(title) + others.map(\.title))
      .map { "- [\($0)](#\(anchor($0)))\n" }.joined() + "\n"
  }

  private func title(_ entry: Vocabulary.Entry) -> String {
    switch entry {
    case .section(let section): section.type.type.capitalizedFirst
    case .family(let family): family.catalog.plural.capitalizedFirst
    }
  }

  private func anchor(_ title: String) -> String {
    title.lowercased().replacing(" ", with: "-")
  }

  private func chapter(_ entry: Vocabulary.Entry) -> String {
    let title = "## \(title(entry))\n\n"
    switch entry {
    case .section(let section):
      let place = section.place.path
      return title + (place.isEmpty ? "" : "`\(place)`: ") + section.type.summary.escapedForMarkdown
        + "\n\n"
        + table(section.type.fieldDescriptions) + example(section.example)
    case .family(let family): return title + chapter(family)
    }
  }

  private func chapter(_ family: Vocabulary.Family) -> String {
    let (own, foreign) = family.catalog.entries.split {
      vocabulary.home(of: $0)?.catalog == family.catalog
    }
    let common = family.catalog.commonDescriptions
    let others = foreign.map { "`\($0.type)`" }.joined(separator: ", ")
    let home = foreign.first.flatMap { vocabulary.home(of: $0) }
    return "\(family.help.escapedForMarkdown) They stand under `\(family.place.path)`.\n\n"
      + (common.isEmpty ? "" : "Whatever its type, each has:\n\n" + table(common))
      + (home.map { home in
        "Besides those below: \(others); see [\(self.title(.family(home)))](#\(anchor(self.title(.family(home))))).\n\n"
      } ?? "")
      + own.map { member in
        "### \(member.type)\n\n\(member.summary.escapedForMarkdown)"
          + (member.source.map { " Source: \($0.escapedForMarkdown)." } ?? "")
          + (member.licence.map { " Licence: \($0.escapedForMarkdown)." } ?? "") + "\n\n"
          + table(member.fieldDescriptions) + example(family.example(of: member))
      }.joined()
  }

  private func table(_ fields: [FieldDescription]) -> String {
    guard !fields.isEmpty else { return "" }
    let rows = fields.map { field in
      let cells = [
        "`\(field.key)`", field.typeInWords.escapedForMarkdown,
        field.isRequired ? "required" : field.defaultValue.map { $0.flow.codeInTable } ?? "–",
        field.help.escapedForMarkdown,
      ]
      return "| \(cells.joined(separator: " | ")) |\n"
    }
    return "| Key | Value | Default | |\n| --- | --- | --- | --- |\n" + rows.joined() + "\n"
  }

  private func example(_ tree: PlainValue) -> String { "```yaml\n\(YAML.emit(tree))```\n\n" }
}

extension Array {
  /// Those for which `holds`, and the others.
  fileprivate func split(_ holds: (Element) -> Bool) -> (those: [Element], others: [Element]) {
    (filter(holds), filter { !holds($0) })
  }
}

extension String {
  /// This text as code in a cell of a table, where a pipe ends the cell even in code.
  fileprivate var codeInTable: String { "`\(replacing("|", with: #"\|"#))`" }
}
