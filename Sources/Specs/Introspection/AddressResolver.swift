import Diagnostics
import Documents
import TextLayout

/// Finds the values of specs by the tails of their addresses: `learning_rate` for `optimizer.learning_rate`.
package struct AddressResolver: Sendable {
  private let root: any Spec.Type
  private let excluded: Set<String>

  /// A resolver for specs of type `root`, but for values in the sections `excluded`, which have no short names.
  package init(_ root: any Spec.Type, excluding excluded: Set<String> = []) {
    self.root = root
    self.excluded = excluded
  }

  /// The path that `written` stands for in `tree`: itself where it begins with a section, else the only address that
  /// has this tail. Tails of several addresses are reported; paths that lead nowhere are left as they are.
  package func path(
    _ written: NodePath, in tree: Node, _ diagnostics: inout Diagnostics
  ) -> NodePath? {
    let (section, name) = (written.section, written.description)
    let sections = root.fieldDescriptions.map(\.key)
    guard tree[section] == nil, !sections.contains(section) else { return written }
    let addresses = addresses(in: tree)
    do {
      if let address = try addresses.address(of: name) { return written.extended(to: address) }
      // A misspelt section is the schema's to report, and so is a key that no value has.
      guard Suggestions.nearest(to: section, among: sections) == nil,
        let near = Suggestions.nearest(to: name, among: addresses.all.map(addresses.shortest))
      else { return written }
      diagnostics.error(
        .badPath, "no value is called \(name.quoted)", at: written.location,
        hint: "did you mean \(near.quoted)?")
      return nil
    } catch {
      diagnostics.error(
        .badPath, error.description, at: written.location, hint: AmbiguousAddress.hint)
      return nil
    }
  }

  /// The addresses of all values that `tree` has or could have, those with their defaults included.
  package func addresses(in tree: Node) -> Addresses {
    var found: [String] = []
    for field in root.fieldDescriptions where !excluded.contains(field.key) {
      collect(field.schema, tree[field.key], field.defaultValue, at: field.key, &found)
    }
    return Addresses(found)
  }

  private func collect(
    _ schema: Schema, _ node: Node?, _ defaultValue: PlainValue?, at address: String,
    _ found: inout [String]
  ) {
    found.append(address)
    for choice in schema.choices {
      switch choice {
      case .spec(let type): collect(type.fieldDescriptions, of: node, at: address, &found)
      case .member(let catalog):
        let name = node.map(\.typeName) ?? defaultValue?.text ?? defaultValue?["type"]?.text
        guard let type = catalog.entries.first(where: { $0.type == name }) else { continue }
        collect(
          type.fieldDescriptions + catalog.commonDescriptions, of: node, at: address, &found)
      case .list(let item, _):
        guard let node, node.items.contains(where: { $0.typeName != nil }) else { continue }
        for (name, value) in zip(node.itemNames, node.items) {
          collect(item, value, nil, at: "\(address).\(name)", &found)
        }
      case .map(_, _, let others?):
        for entry in node?.entries ?? [] {
          collect(others, entry.value, nil, at: "\(address).\(entry.key.text ?? "")", &found)
        }
      default: break
      }
    }
  }

  private func collect(
    _ fields: [FieldDescription], of node: Node?, at address: String, _ found: inout [String]
  ) {
    for field in fields {
      collect(
        field.schema, node?[field.key], field.defaultValue, at: "\(address).\(field.key)", &found)
    }
  }
}
