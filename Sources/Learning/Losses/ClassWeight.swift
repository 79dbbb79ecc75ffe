import Diagnostics
import Documents
import Specs
import Tensors

/// The weight of each class's images in training.
package enum ClassWeight: SpecValue, Hashable {
  /// Each class as much as any other: images ÷ (classes · images of the class), as scikit-learn's
  /// `compute_class_weight` has it.
  case balanced
  /// A weight for every class, in order.
  case list([Double])
  /// Weights of some classes, by their names; the others count once.
  case map([String: Double])

  /// The weight of each class in training on `samples`.
  func weights(for samples: any SampleSource) -> [Double] {
    switch self {
    case .list(let weights): return weights
    case .map(let weights): return samples.classNames.map { weights[$0] ?? 1 }
    case .balanced:
      var counts = [Int](repeating: 0, count: samples.classCount)
      for sample in 0..<samples.count { counts[samples.label(of: sample)] += 1 }
      let present = counts.count { $0 > 0 }
      return counts.map { $0 == 0 ? 1 : Double(samples.count) / Double(present * $0) }
    }
  }

  package static var schema: Schema {
    let weight = Schema.number([("minimum", .integer(0))])
    return .described(
      "a list of weights, a map of them, or balanced",
      .alternatives([
        .names(["balanced"]), .list(weight), .map(keys: nil, others: weight),
      ]))
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> ClassWeight? {
    switch node.kind {
    case .unusable: return nil
    case .scalar("balanced", _): return .balanced
    case .scalar(let text, _):
      let near = Suggestions.nearest(
        to: text, among: ["balanced"], ["balanced": ["class_balanced", "weighted", "auto"]])
      reportWrongType(node, &diagnostics, hint: near.map { "did you mean '\($0)'?" })
      return nil
    case .list(let items):
      let weights = items.compactMap { weight($0, &diagnostics) }
      return weights.count == items.count ? .list(weights) : nil
    case .map(let entries):
      let weights = entries.compactMap { entry in
        let name = String.decode(entry.key, &diagnostics)
        let weight = weight(entry.value, &diagnostics)
        return name.flatMap { name in weight.map { (name, $0) } }
      }
      return weights.count == entries.count ? .map(Dictionary(weights) { $1 }) : nil
    }
  }

  private static func weight(_ node: Node, _ diagnostics: inout Diagnostics) -> Double? {
    guard let weight = Double.decode(node, &diagnostics) else { return nil }
    if weight >= 0 { return weight }
    diagnostics.error(
      .outOfRange, "must be at least 0, got \(node.text ?? "")", at: node.location)
    return nil
  }

  package var tree: PlainValue {
    switch self {
    case .balanced: .string("balanced")
    case .list(let weights): .list(weights.map(PlainValue.number))
    case .map(let weights):
      .map(weights.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })
    }
  }

  /// Reports weights that don't fit the classes named `classNames`.
  package func validate(
    classNames: [String], at node: Node?, _ diagnostics: inout Diagnostics
  ) {
    switch self {
    case .balanced: break
    case .list(let weights):
      if weights.count != classNames.count {
        diagnostics.error(
          .classWeight,
          "\(classNames.count) classes need \(classNames.count) weights, got \(weights.count)",
          at: node?.location)
      } else if weights.allSatisfy({ $0 == 0 }) {
        diagnostics.error(
          .classWeight, "where no class has a weight there is nothing to learn",
          at: node?.location)
      }
    case .map(let weights):
      for name in weights.keys.sorted() where !classNames.contains(name) {
        let key = node?.entries.first { $0.key.text == name }?.key
        // Between numbers, near is not meant.
        let near = Int(name) == nil ? Suggestions.nearest(to: name, among: classNames) : nil
        let known = classNames.prefix(20).joined(separator: ", ")
        diagnostics.error(
          .classWeight, "there is no class '\(name)'", at: (key ?? node)?.location,
          hint: (near.map { "did you mean '\($0)'? " } ?? "")
            + "the data's classes are \(known)" + (classNames.count > 20 ? ", …" : ""))
      }
    }
  }
}
