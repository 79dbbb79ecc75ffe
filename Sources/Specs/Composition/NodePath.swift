internal import TextLayout

/// Where a value stands in a tree: `model.layers.conv1.filters`.
///
/// An item of a list is told by its number, from 0, or by its name (see `ItemNames`).
public struct NodePath: Sendable, CustomStringConvertible {
  /// A key, or what tells an item of a list.
  struct Step: Sendable {
    let text: String
    /// Where it is written.
    let location: Location
  }

  let steps: [Step]
  /// As it is written.
  public let description: String

  /// The path that `text`, at `location`, says; nil if it is none, which is then reported.
  public init?(_ text: String, at location: Location, _ diagnostics: inout Diagnostics) {
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

extension Node {
  /// The node at `path`; nil if nothing stands there.
  func node(at path: NodePath) -> Node? { node(at: path.steps[...]) }

  private func node(at path: ArraySlice<NodePath.Step>) -> Node? {
    guard let first = path.first else { return self }
    switch kind {
    case .map(let entries):
      guard let (index, length) = entry(at: path) else { return nil }
      return entries[index].value.node(at: path.dropFirst(length))
    case .list(let items):
      return index(of: first.text).flatMap { items[$0].node(at: path.dropFirst()) }
    case .scalar:
      // `optimizer: adam` is short for `optimizer: {type: adam}`.
      return isShortForm && first.text == "type" && path.count == 1 ? self : nil
    case .unusable: return nil
    }
  }

  /// The entry of a map that the steps lead to, and how many of them: a key may itself have points, and the
  /// longest counts.
  func entry(at path: ArraySlice<NodePath.Step>) -> (index: Int, length: Int)? {
    for length in stride(from: path.count, to: 0, by: -1) {
      let key = path.prefix(length).map(\.text).joined(separator: ".")
      if let index = entries.firstIndex(where: { $0.key.text == key }) { return (index, length) }
    }
    return nil
  }

  /// The number of the item of a list that `text` tells: itself a number, or the item's name.
  func index(of text: String) -> Int? {
    if let number = Int(text) { return items.indices.contains(number) ? number : nil }
    return itemNames.firstIndex(of: text)
  }
}
