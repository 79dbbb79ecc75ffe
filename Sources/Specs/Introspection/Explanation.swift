import Diagnostics
import Documents
import TextLayout

/// The text for a terminal that explains a name.
package struct Explanation {
  private let vocabulary: Vocabulary
  private let width: Int?

  /// For lines of at most `width` columns; nil: as long as they get.
  package init(_ vocabulary: Vocabulary, width: Int?) {
    self.vocabulary = vocabulary
    self.width = width
  }

  /// Everything that `name` stands for. Throws a `Diagnostic` if it is nothing.
  package func text(of name: String) throws(Diagnostic) -> String {
    try vocabulary.subjects(named: name).map(text).joined(separator: "\n")
  }

  /// A list of all that can be explained, with `others` that are in no spec.
  package func overview(with others: String) -> String {
    let sections = list(vocabulary.sections.map { ($0.type.type, $0.type.summary) })
    let families = vocabulary.families.map { family in
      "\n\(family.catalog.plural), under \(family.place.path)\n"
        + family.catalog.entries.map { $0.type }.joined(separator: ", ").wrapped(to: inner)
        .indented
    }
    return "sections\n" + sections + families.joined() + others + "\n"
      + "'exp explain NAME' explains each of these, and a field by its path, as in training.batch_size or conv2d.strides."
      .wrapped(to: width, indent: "") + "\n"
  }

  private func text(of subject: Vocabulary.Subject) -> String {
    switch subject {
    case .section(let section):
      return title(section.type, kind(of: section))
        + fields(section.type.fieldDescriptions)
        + example(section.example) + seeAlso(section.type.fieldDescriptions)
    case .member(let type, let family):
      let (own, common) = (type.fieldDescriptions, family.catalog.commonDescriptions)
      return title(type, family.catalog.noun) + fields(own)
        + (common.isEmpty ? "" : "\nevery \(family.catalog.noun) has\n" + list(common))
        + example(family.example(of: type)) + seeAlso(own)
    case .family(let family):
      let common = family.catalog.commonDescriptions
      return heading(family) + list(family.catalog.entries.map { ($0.type, $0.summary) })
        + (common.isEmpty ? "" : "\nevery \(family.catalog.noun) has\n" + list(common))
        + (family.catalog.entries.first.map { example(family.example(of: $0)) } ?? "")
    case .field(let field, let owners):
      let title = "\(field.key) (\(owners.joined(separator: ", ")))"
      let value = field.example ?? field.defaultValue
      return title.wrapped(to: width) + "\n"
        + [field.help, "\(field.typeInWords); \(field.presenceInWords)"]
        .map { $0.wrapped(to: width, indent: "") + "\n" }.joined()
        + (value.map { example(.map([(field.key, $0)])) } ?? "") + seeAlso([field])
    }
  }

  private func kind(of section: Vocabulary.Section) -> String {
    if section.place.key != nil { return "section" }
    let isRoot = vocabulary.sections.first.map { $0.type == section.type } ?? false
    return isRoot ? "the whole spec" : "a file of its own"
  }

  private func title(_ type: any Spec.Type, _ kind: String) -> String {
    "\(type.type) (\(kind))\n" + type.summary.wrapped(to: width, indent: "") + "\n"
      + [("Source", type.source), ("Licence", type.licence)].compactMap { name, text in
        text.map { "\(name): \($0)".wrapped(to: width) + "\n" }
      }.joined()
  }

  private func heading(_ family: Vocabulary.Family) -> String {
    "\(family.catalog.plural) (under \(family.place.path))\n"
      + family.help.wrapped(to: width, indent: "") + "\n\n"
  }

  private func fields(_ fields: [FieldDescription]) -> String {
    fields.isEmpty ? "" : "\n" + list(fields)
  }

  private func list(_ fields: [FieldDescription]) -> String {
    list(
      fields.map { ($0.key, "\($0.typeInWords); \($0.presenceInWords)\n\($0.help)") })
  }

  /// Names in a column, and what is said of each beside it, or below it where the name is long.
  package func list(_ entries: [(name: String, text: String)]) -> String {
    let longest = entries.map(\.name.displayWidth).max() ?? 0
    let column = min(longest, 28) + 2
    let indent = String(repeating: " ", count: 2 + column)
    return entries.map { name, text in
      let lines = text.split(separator: "\n").map {
        String($0).wrapped(to: width.map { max(20, $0 - 2 - column) }, indent: "")
          .replacing("\n", with: "\n" + indent)
      }
      let start =
        name.displayWidth < column
        ? "  " + name.padded(to: column) : "  \(name)\n\(indent)"
      return start + lines.joined(separator: "\n" + indent) + "\n"
    }.joined()
  }

  private func example(_ tree: PlainValue) -> String {
    "\nexample\n" + YAML.emit(tree, width: min(70, width ?? 70)).indented
  }

  /// Names of catalogues that fields take members of.
  private func seeAlso(_ fields: [FieldDescription]) -> String {
    var names: [String] = []
    for part in fields.flatMap(\.schema.parts) {
      let name =
        switch part.thing {
        case .spec(let type): type.type
        case .catalog(let catalog): catalog.noun
        }
      if !names.contains(name) { names.append(name) }
    }
    return names.isEmpty
      ? "" : "\n" + ("see also: " + names.joined(separator: ", ")).wrapped(to: width) + "\n"
  }

  private var inner: Int? { width.map { $0 - 2 } }
}

extension String {
  /// Each line two columns to the right.
  fileprivate var indented: String {
    split(separator: "\n").map { "  \($0)\n" }.joined()
  }
}
