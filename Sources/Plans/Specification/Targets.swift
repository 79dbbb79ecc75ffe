import Diagnostics
import Documents
import Metrics
import Specs

/// Scores that an experiment wants to reach: `{val_accuracy: 0.98, test_f1_macro: 0.98}`.
package struct Targets: SpecValue, ExpressibleByDictionaryLiteral {
  /// One score to reach.
  package struct Target: Sendable {
    package let name: ScoreName
    /// The least value wished for; of a loss, the largest.
    package let value: Double
    let location: Location?
  }

  /// In the order of the spec.
  package let all: [Target]

  package init(dictionaryLiteral elements: (ScoreName, Double)...) {
    all = elements.map { Target(name: $0.0, value: $0.1, location: nil) }
  }

  private init(_ all: [Target]) { self.all = all }

  package static var schema: Schema {
    .described(
      "a map such as {test_f1_macro: 0.98}",
      .map(
        known: ScoreName.allCases.map { name in
          let least = [("minimum", bound(name.range.lowerBound))]
          let most = name.range.upperBound.map { [("maximum", bound($0))] } ?? []
          return (name.rawValue, .number(least + most))
        }))
  }

  /// A bound of a range, all of which are whole numbers.
  private static func bound(_ number: Double) -> PlainValue { .integer(Int(number)) }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Targets? {
    guard case .map(let entries) = node.kind else {
      reportWrongType(node, &diagnostics)
      return nil
    }
    let targets = entries.compactMap { entry -> Target? in
      let text = entry.key.text ?? ""
      guard let name = ScoreName(rawValue: text) else {
        let names = ScoreName.allCases.map(\.rawValue)
        let near =
          Suggestions.nearest(to: text, among: names, .scores)
          ?? Suggestions.nearest(to: ScoreName.Part.test.prefix + text, among: names, .scores)
        diagnostics.error(
          .unknownMetric, "there is no metric '\(text)' to reach", at: entry.key.location,
          hint: (near.map { "did you mean '\($0)'? " } ?? "") + "there are "
            + names.joined(separator: ", "))
        return nil
      }
      guard let value = Double.decode(entry.value, &diagnostics) else { return nil }
      guard name.range.contains(value) else {
        diagnostics.error(
          .outOfRange, "must be \(name.range.inWords), as every '\(text)' is, got \(value)",
          at: entry.value.location, hint: name.range.hint(for: value))
        return nil
      }
      return Target(name: name, value: value, location: entry.key.location)
    }
    return targets.count == entries.count ? Targets(targets) : nil
  }

  package var tree: PlainValue {
    .map(all.map { (key: $0.name.rawValue, value: .number($0.value)) })
  }
}

extension OtherNames {
  /// Words by which others know scores.
  static var scores: OtherNames { OtherNames(ScoreName.otherNames) }
}
