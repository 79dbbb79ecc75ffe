/// A metric on one of the two sets of images that networks are judged by: `val_accuracy`.
package struct ScoreName: Hashable, Sendable, Codable, RawRepresentable, CaseIterable {
  /// Images that no network learns from.
  package enum Part: String, CaseIterable, Sendable {
    /// Held out of training, to choose by.
    case validation = "val"
    /// For the final score.
    case test

    /// The name of the part in a spec: `validation`.
    package var name: String { self == .test ? "test" : "validation" }

    /// The prefix of the names of this part's scores: `val_`.
    package var prefix: String { rawValue + "_" }
  }

  /// The images.
  package let part: Part
  /// The metric that is measured on them.
  package let metric: Metric

  /// The name of `metric` on the images of `part`.
  package init(_ part: Part, _ metric: Metric) {
    self.part = part
    self.metric = metric
  }

  /// The score that `rawValue` names; nil if there is none.
  package init?(rawValue: String) {
    for part in Part.allCases where rawValue.hasPrefix(part.prefix) {
      guard let metric = Metric(rawValue: String(rawValue.dropFirst(part.prefix.count))) else {
        return nil
      }
      self.init(part, metric)
      return
    }
    return nil
  }

  /// `test_f1_macro`
  package var rawValue: String { part.prefix + metric.rawValue }

  /// True if a larger value is a better one.
  package var higherIsBetter: Bool { metric.higherIsBetter }

  /// The values that it can have.
  package var range: ValueRange { metric.range }

  /// Words by which others know scores, and metrics as such.
  package static let otherNames: [(name: String, words: [String])] =
    Metric.otherNames
    + Part.allCases.flatMap { part in
      Metric.otherNames.map { (part.prefix + $0.name, $0.words.map { part.prefix + $0 }) }
    } + [
      (ScoreName(.validation, .accuracy).rawValue, ["validation_accuracy"]),
      (ScoreName(.validation, .loss).rawValue, ["validation_loss"]),
    ]

  /// Every score: those of validation, then those of the test.
  package static let allCases = Part.allCases.flatMap { part in
    Metric.allCases.map { ScoreName(part, $0) }
  }
}
