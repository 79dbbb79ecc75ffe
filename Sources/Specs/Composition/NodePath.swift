import Diagnostics
import TextLayout

/// The path of a value in a tree: `model.layers.conv1.filters`.
///
/// An item of a list is named by its number, from 0, or by its name (see `ItemNames`).
package struct NodePath: Sendable, CustomStringConvertible {
  /// A key, or the number or name of a list's item.
  struct Step: Sendable {
    let text: String
    /// The location in the source.
    let location: Location
  }

  let steps: [Step]
  /// The key of the section that it leads into: its first step.
  package var section: String { steps[0].text }
  /// The text as written.
  package let description: String
  /// The location of the first step.
  package var location: Location { steps[0].location }

  init(steps: [Step], description: String) {
    self.steps = steps
    self.description = description
  }

  /// The path in `text`, which is written at `location`; nil if it is not a path, which is then reported.
  package init?(_ text: String, at location: Location, _ diagnostics: inout Diagnostics) {
    description = text
    var (steps, column) = ([Step](), 0)
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      steps.append(Step(text: String(part), location: location.advanced(by: column)))
      column += part.unicodeScalars.count + 1
    }
    self.steps = steps
    guard steps.allSatisfy({ !$0.text.isEmpty }) else {
      diagnostics.error(
        .badPath, "\(text.quoted) is no path to a value", at: location,
        hint: "write keys with points between, such as 'optimizer.learning_rate'")
      return nil
    }
    guard steps.count <= YAMLLimits.standard.depth else {
      diagnostics.error(
        .nestedTooDeep, "a path of more than \(YAMLLimits.standard.depth) steps", at: location)
      return nil
    }
  }
}

extension NodePath {
  /// The path to `address`, of which this path is the tail.
  func extended(to address: String) -> NodePath {
    NodePath(address, from: self)
  }

  private init(_ address: String, from tail: NodePath) {
    description = address
    let names = address.split(separator: ".").map(String.init)
    // Steps before the tail have its location, for diagnostics.
    let places = [Location](
      repeating: tail.steps[0].location, count: max(0, names.count - tail.steps.count))
    steps = zip(names, places + tail.steps.map(\.location)).map {
      Step(text: $0, location: $1)
    }
  }
}

extension Node {
  /// The value at `path`, and its address, in which items of lists have their names; nil if there is nothing.
  package func value(at path: String) -> (node: Node, address: String)? {
    var unreported = Diagnostics()
    return NodePath(path, at: location, &unreported).flatMap { value(at: $0) }
  }

  package func value(at path: NodePath) -> (node: Node, address: String)? {
    var (node, steps, rest) = (self, [String](), path.steps[...])
    while let first = rest.first {
      switch node.kind {
      case .map(let entries):
        guard let (index, length) = node.entry(at: rest) else { return nil }
        steps.append(entries[index].key.text ?? "")
        (node, rest) = (entries[index].value, rest.dropFirst(length))
      case .list(let items):
        guard let index = node.index(of: first.text) else { return nil }
        steps.append(items[index].typeName == nil ? "\(index)" : node.itemNames[index])
        (node, rest) = (items[index], rest.dropFirst())
      case .scalar, .unusable:
        // `optimizer: adam` is short for `optimizer: {type: adam}`.
        guard node.isShortForm, first.text == "type", rest.count == 1 else { return nil }
        steps.append(first.text)
        rest = []
      }
    }
    return (node, steps.joined(separator: "."))
  }

  /// The entry of a map to which the steps lead, and the number of steps that its key takes: a key may contain points,
  /// and the longest match counts.
  func entry(at path: ArraySlice<NodePath.Step>) -> (index: Int, length: Int)? {
    for length in stride(from: path.count, to: 0, by: -1) {
      let key = path.prefix(length).map(\.text).joined(separator: ".")
      if let index = entries.firstIndex(where: { $0.key.text == key }) { return (index, length) }
    }
    return nil
  }

  /// The index of the list's item that `text` names by number or name.
  func index(of text: String) -> Int? {
    if let index = itemNames.firstIndex(of: text) { return index }
    return Int(text).flatMap { items.indices.contains($0) ? $0 : nil }
  }
}
