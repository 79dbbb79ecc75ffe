import Diagnostics
import TextLayout

extension Node {
  /// This tree with `value` at `path`; nil if the path leads nowhere, which is reported at the step that fails.
  ///
  /// Missing keys are added. The schema decides whether they are allowed.
  package func setting(
    _ value: Node, at path: NodePath, _ diagnostics: inout Diagnostics
  ) -> Node? {
    setting(value, at: path.steps[...], below: Self.root, &diagnostics)
  }

  /// This tree without the value at `path`; nil if there is none to take out of a map.
  func removing(at path: NodePath) -> Node? { removing(at: path.steps[...]) }

  private func removing(at path: ArraySlice<NodePath.Step>) -> Node? {
    guard let first = path.first else { return nil }
    switch kind {
    case .map(var entries):
      guard let (index, length) = entry(at: path), !entries[index].value.isNull else { return nil }
      let rest = path.dropFirst(length)
      if rest.isEmpty {
        entries.remove(at: index)
      } else {
        guard let value = entries[index].value.removing(at: rest) else { return nil }
        entries[index] = Entry(key: entries[index].key, value: value)
      }
      return Node(.map(entries), at: location)
    case .list(var items):
      guard let index = index(of: first.text),
        let item = items[index].removing(at: path.dropFirst())
      else { return nil }
      items[index] = item
      return Node(.list(items), at: location)
    case .scalar, .unusable: return nil
    }
  }

  private func setting(
    _ value: Node, at path: ArraySlice<NodePath.Step>, below place: String,
    _ diagnostics: inout Diagnostics
  ) -> Node? {
    guard let first = path.first else { return value }
    switch kind {
    case .map(var entries):
      guard let (index, length) = entry(at: path) else {
        entries.append(Self.entry(value, at: path))
        return Node(.map(entries), at: changed(by: value, below: place))
      }
      let entry = entries[index]
      let rest = path.dropFirst(length)
      let changed = entry.value.setting(
        value, at: rest, below: (entry.key.text ?? "").quoted, &diagnostics)
      guard let changed else { return nil }
      // The key gets the location of the setting, so that mistakes are reported there.
      let key = rest.isEmpty ? Node(entry.key.kind, at: first.location) : entry.key
      entries[index] = Entry(key: key, value: changed)
      return Node(
        .map(entries), at: rest.isEmpty ? self.changed(by: value, below: place) : location)
    case .list(var items):
      guard let index = index(of: first.text) else {
        reportMissingItem(first, in: place, &diagnostics)
        return nil
      }
      let changed = items[index].setting(
        value, at: path.dropFirst(), below: first.text.quoted, &diagnostics)
      guard let changed else { return nil }
      items[index] = changed
      return Node(.list(items), at: location)
    case .scalar where isNull: return Node(.map([Self.entry(value, at: path)]), at: first.location)
    case .scalar where isShortForm:
      return asMap.setting(value, at: path, below: place, &diagnostics)
    case .unusable: return nil
    case .scalar:
      diagnostics.error(
        .badPath, "\(place) is \(summary), which has nothing below it", at: first.location,
        notes: [.init("it stands here", at: location)], hint: "set \(place) as a whole")
      return nil
    }
  }

  /// The location of this map, with a note that a value of it was set elsewhere, which may be the cause of a mistake in
  /// the map.
  private func changed(by value: Node, below place: String) -> Location {
    place == Self.root
      ? location : location.with(trail: [.init("a value of it is set here", at: value.location)])
  }

  private static let root = "the spec"

  /// The entry with the first step as key, and `value` below nested maps with the other steps as keys.
  private static func entry(_ value: Node, at path: ArraySlice<NodePath.Step>) -> Entry {
    let value = path.dropFirst().reversed().reduce(value) { inner, step in
      Node(.map([Entry(key: step.key, value: inner)]), at: step.location)
    }
    return Entry(key: path[path.startIndex].key, value: value)
  }

  private func reportMissingItem(
    _ step: NodePath.Step, in place: String, _ diagnostics: inout Diagnostics
  ) {
    let names = itemNames
    let near = Suggestions.nearest(to: step.text, among: names)
    let contents =
      names.isEmpty
      ? "\(place) is empty"
      : "\(place) has " + zip(0..., names).map { "\($1) (\($0))" }.joined(separator: ", ")
    diagnostics.error(
      .unknownItem, "nothing in \(place) is called \(step.text.quoted)", at: step.location,
      hint: (near.map { "did you mean \($0.quoted)? " } ?? "") + contents)
  }
}

extension NodePath.Step {
  fileprivate var key: Node { Node(.scalar(text, isPlain: true), at: location) }
}
