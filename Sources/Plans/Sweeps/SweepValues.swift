import Diagnostics
import Documents
import Specs

/// The values that a parameter of a sweep takes: a list, a map with labels, or a distribution to draw from.
package enum SweepValues: SpecValue {
  case values([Choice], in: Node)
  case distribution(any DistributionSpec, in: Node)

  /// One value, not yet read, since its type depends on the path at which it is set.
  package struct Choice: Sendable {
    /// The label in lists of combinations.
    package let label: String
    package let node: Node
  }

  /// The values; nil if they are drawn.
  var choices: [Choice]? { if case .values(let choices, _) = self { choices } else { nil } }

  /// The value at `fraction`, from 0 to below 1, of the list or of the distribution.
  func choice(at fraction: Double) -> Choice {
    switch self {
    case .values(let choices, _): return choices[Int(fraction * Double(choices.count))]
    case .distribution(let distribution, let node):
      let text = distribution.text(at: fraction)
      return Choice(label: text, node: Node(.scalar(text, isPlain: true), at: node.location))
    }
  }

  package static var schema: Schema {
    .described(
      "a list of values, a map of values by labels, or a distribution",
      .alternatives([
        .list(.anything, [("minItems", .integer(1))]), .member(DistributionCatalog.self),
        .map(others: .anything),
      ]))
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> SweepValues? {
    let choices: [Choice]
    switch node.kind {
    case .map(let entries) where entries.contains(where: \.isListOfValues):
      reportForeignList(entries, &diagnostics)
      return nil
    case .map where node["type"] != nil || node["distribution"] != nil,
      .map where node["min"] != nil && node["max"] != nil:
      return OneOf<DistributionCatalog>.decode(node, &diagnostics).map {
        .distribution($0.value, in: node)
      }
    case .map(let entries):
      choices = entries.map { Choice(label: $0.key.text ?? "", node: $0.value) }
    case .list(let items):
      let labels = ItemNames.names(of: items.map { (nil, $0.label) })
      choices = zip(labels, items).map { Choice(label: $0, node: $1) }
    default:
      reportWrongType(node, &diagnostics, hint: "write '[…]' around it")
      return nil
    }
    guard !choices.isEmpty else {
      diagnostics.error(.outOfRange, "must not be empty", at: node.location)
      return nil
    }
    return .values(choices, in: node)
  }

  /// Reports values as other tools list them, which would be read as labels.
  private static func reportForeignList(
    _ entries: [Node.Entry], _ diagnostics: inout Diagnostics
  ) {
    guard let entry = entries.first(where: \.isListOfValues) else { return }
    let name = entry.key.text ?? ""
    diagnostics.error(
      .sweepLabel, "'\(name)' is no label: a parameter has its values without a word for them",
      at: entry.key.location,
      hint: "write the list itself, '[a, b]', or a map of values by labels of your own")
  }

  package var tree: PlainValue {
    switch self {
    case .values(_, let node), .distribution(_, let node): node.tree
    }
  }
}

extension Node.Entry {
  /// True if it is a list of values as Weights & Biases, Ray Tune and Optuna have it, and not one value by its label.
  fileprivate var isListOfValues: Bool {
    switch key.text {
    case "values", "choices", "choice", "grid_search", "options": !value.items.isEmpty
    case "value": true
    default: false
    }
  }
}

extension Node {
  /// The label of a value without one: a scalar's text, or a short form of its type, keys or items.
  fileprivate var label: String {
    switch kind {
    case .scalar(let text, _): isNull ? "null" : text
    case .map(let entries):
      typeName ?? "{\(entries.compactMap(\.key.text).joined(separator: ", "))}"
    case .list(let items):
      "[" + items.map { $0.typeName ?? $0.text ?? "…" }.joined(separator: ", ") + "]"
    case .unusable: ""
    }
  }
}
