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
          let least = (keyword: "minimum", value: PlainValue.integer(0))
          let most = (keyword: "maximum", value: PlainValue.integer(1))
          return (name.rawValue, .number(name.metric == .loss ? [least] : [least, most]))
        }))
  }

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
      guard value >= 0, value <= 1 || name.metric == .loss else {
        let share = value / 100
        diagnostics.error(
          .outOfRange,
          name.metric == .loss
            ? "a loss is never below 0, got \(value)"
            : "must be between 0 and 1, as every '\(text)' is, got \(value)",
          at: entry.value.location, hint: (0...1).contains(share) ? "write \(share)" : nil)
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
