import Diagnostics
import Documents
import Specs

/// The name of a layer, or of several, with `*` for any characters.
package struct LayerPattern: SpecValue, Hashable {
  package let text: String
  package let location: Location

  package static var schema: Schema {
    .described(
      "the name of a layer, with '*' for any characters", .text([("minLength", .integer(1))]))
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Self? {
    String.decode(node, &diagnostics).map { Self(text: $0, location: node.location) }
  }

  package var tree: PlainValue { .string(text) }

  /// Whether it stands for the layer `name`.
  func matches(_ name: String) -> Bool {
    let parts = text.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return name == text }
    guard name.hasPrefix(parts[0]) else { return false }
    var rest = name.dropFirst(parts[0].count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(parts[parts.count - 1])
  }
}

extension [LayerPattern] {
  /// Those of `names` that a pattern stands for. One that stands for none is reported.
  func layers(among names: [String], _ diagnostics: inout Diagnostics) -> Set<String> {
    var found: Set<String> = []
    for pattern in self {
      let matching = names.filter(pattern.matches)
      found.formUnion(matching)
      guard matching.isEmpty else { continue }
      let near = Suggestions.nearest(to: pattern.text, among: names, LayerCatalog.otherNames)
      diagnostics.error(
        .unknownLayer, "no layer has the name '\(pattern.text)'", at: pattern.location,
        hint: near.map { "did you mean '\($0)'?" } ?? "the names are "
          + names.joined(separator: ", "))
    }
    return found
  }
}
