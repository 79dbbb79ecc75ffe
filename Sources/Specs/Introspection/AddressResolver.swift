import Diagnostics
import Documents
import TextLayout

/// Finds the values of specs by their addresses, or the ends of these: `learning_rate` for `optimizer.learning_rate`.
package struct AddressResolver: Sendable {
  /// An item of a list that is put together from others.
  package struct Item: Sendable {
    /// Its name among the items of the list that comes of it.
    let name: String
    /// The names of the items that a template stands for; empty for what stands for itself.
    let expansion: [String]

    /// An item called `name`, which stands for those of `expansion` if there are any.
    package init(name: String, expansion: [String] = []) {
      self.name = name
      self.expansion = expansion
    }
  }

  /// A value's place in a tree and its address.
  package struct Target: Sendable {
    /// The way to it, items of lists by number.
    package let path: NodePath
    /// Its address, items of lists by name.
    package let address: String
  }

  private let root: any Spec.Type
  private let excluded: Set<String>
  private let reserved: [String]
  private let items: @Sendable (Node) -> [String: [Item]]

  /// A resolver for specs of type `root`.
  ///
  /// - Parameters:
  ///   - excluded: sections whose values have no short names.
  ///   - reserved: names that are no ends of addresses.
  ///   - items: finds the lists with templates in a tree, by their addresses: the names of their items count on from one
  ///     to the next as if what the templates stand for was there.
  package init(
    _ root: any Spec.Type, excluding excluded: Set<String> = [], reserved: [String] = [],
    items: @escaping @Sendable (Node) -> [String: [Item]] = { _ in [:] }
  ) {
    self.root = root
    self.excluded = excluded
    self.reserved = reserved
    self.items = items
  }

  /// The value that `written` names in `tree`: by its address if it begins with a section, else by the only address
  /// that ends so. The end of several addresses, and a misspelt one, are reported; what leads nowhere stays as it is.
  package func target(
    of written: NodePath, in tree: Node, _ diagnostics: inout Diagnostics
  ) -> Target? {
    guard let path = path(written, in: tree, &diagnostics) else { return nil }
    return target(path, in: tree, &diagnostics)
  }

  private func path(
    _ written: NodePath, in tree: Node, _ diagnostics: inout Diagnostics
  ) -> NodePath? {
    let (section, name) = (written.section, written.description)
    let sections = root.fieldDescriptions.map(\.key)
    guard tree[section] == nil, !sections.contains(section) else { return written }
    // The names of a list's items mean these, also where something in a template is called the same.
    let list = items(tree).first { _, list in
      list.contains { $0.name == section || $0.expansion.contains(section) }
    }
    if let list { return written.extended(to: "\(list.key).\(name)") }
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

  /// Follows `path` as far as there is something.
  private func target(
    _ path: NodePath, in tree: Node, _ diagnostics: inout Diagnostics
  ) -> Target? {
    let items = items(tree)
    var (node, rest) = (Node?.some(tree), path.steps[...])
    var (names, places) = ([String](), [NodePath.Step]())
    while let current = node, let first = rest.first {
      switch current.kind {
      case .map:
        guard let (index, length) = current.entry(at: rest) else {
          node = nil
          continue
        }
        let entry = current.entries[index]
        names.append(entry.key.text ?? "")
        places += rest.prefix(length)
        (node, rest) = (entry.value, rest.dropFirst(length))
      case .list(let values):
        let list =
          items[names.joined(separator: ".")] ?? current.itemNames.map { Item(name: $0) }
        if let origin = list.first(where: { $0.expansion.contains(first.text) }),
          !list.contains(where: { $0.name == first.text })
        {
          diagnostics.error(
            .badPath, "\(first.text.quoted) comes of \(origin.name.quoted)", at: first.location,
            hint: "set what \(origin.name.quoted) is made of")
          return nil
        }
        let index =
          list.firstIndex { $0.name == first.text }
          ?? Int(first.text).flatMap { values.indices.contains($0) ? $0 : nil }
        guard let index else {
          node = nil
          continue
        }
        let isThing = values[index].typeName != nil
        names.append(isThing ? list[index].name : "\(index)")
        places.append(NodePath.Step(text: "\(index)", location: first.location))
        (node, rest) = (values[index], rest.dropFirst())
      case .scalar, .unusable: node = nil
      }
    }
    names += rest.map(\.text)
    return Target(
      path: NodePath(steps: places + rest, description: path.description),
      address: names.joined(separator: "."))
  }

  /// `tree` with the thing written out that a section is by default, or that a single value is short for, if a value of it
  /// at `path` is to be set.
  package func prepared(_ tree: Node, for path: NodePath) -> Node {
    let tree = writtenOut(tree, along: path.steps.map(\.text)[...], root.fieldDescriptions)
    guard path.steps.count > 1, tree[path.section] == nil,
      let field = root.fieldDescriptions.first(where: { $0.key == path.section }),
      let type = field.defaultValue?.text ?? field.defaultValue?["type"]?.text,
      field.schema.choices.contains(where: { if case .member = $0 { true } else { false } })
    else { return tree }
    return tree.replacing(
      path.section, by: Node(.scalar(type, isPlain: true), at: path.location))
  }

  /// `node` with maps in the place of single values that are short for them, above the last of `steps`.
  private func writtenOut(
    _ node: Node, along steps: ArraySlice<String>, _ fields: [FieldDescription]
  ) -> Node {
    guard steps.count > 1, let key = steps.first, let value = node[key],
      let field = fields.first(where: { $0.key == key })
    else { return node }
    for case .spec(let type) in field.schema.choices {
      if let short = type.shortKey, value.text != nil, !value.isNull {
        let entry = Node.Entry(
          key: Node(.scalar(short, isPlain: true), at: value.location), value: value)
        return node.replacing(key, by: Node(.map([entry]), at: value.location))
      }
      return node.replacing(
        key, by: writtenOut(value, along: steps.dropFirst(), type.fieldDescriptions))
    }
    return node
  }

  /// The addresses of all values that `tree` has or could have, those with their defaults included.
  package func addresses(in tree: Node) -> Addresses {
    let items = items(tree)
    var found: [String] = []
    for field in root.fieldDescriptions where !excluded.contains(field.key) {
      collect(field.schema, tree[field.key], field.defaultValue, at: field.key, items, &found)
    }
    return Addresses(found, reserved: reserved)
  }

  private func collect(
    _ schema: Schema, _ node: Node?, _ defaultValue: PlainValue?, at address: String,
    _ items: [String: [Item]], _ found: inout [String]
  ) {
    found.append(address)
    for choice in schema.choices {
      switch choice {
      case .spec(let type): collect(type.fieldDescriptions, of: node, at: address, items, &found)
      case .member(let catalog):
        let name = node.map(\.typeName) ?? defaultValue?.text ?? defaultValue?["type"]?.text
        guard let type = catalog.entries.first(where: { $0.type == name }) else { continue }
        collect(
          type.fieldDescriptions + catalog.commonDescriptions, of: node, at: address, items, &found)
      case .list(let item, _):
        guard let node, node.items.contains(where: { $0.typeName != nil }) else { continue }
        let names = items[address]?.map(\.name) ?? node.itemNames
        for (name, value) in zip(names, node.items) {
          collect(item, value, nil, at: "\(address).\(name)", items, &found)
        }
      case .map(_, _, let others?):
        for entry in node?.entries ?? [] {
          collect(others, entry.value, nil, at: "\(address).\(entry.key.text ?? "")", items, &found)
        }
      default: break
      }
    }
  }

  private func collect(
    _ fields: [FieldDescription], of node: Node?, at address: String, _ items: [String: [Item]],
    _ found: inout [String]
  ) {
    for field in fields {
      collect(
        field.schema, node?[field.key], field.defaultValue, at: "\(address).\(field.key)", items,
        &found)
    }
  }
}
