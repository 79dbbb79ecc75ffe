/// A metric on one of the two sets of images that networks are judged by: `val_accuracy`.
public struct ScoreName: Hashable, Sendable, Encodable, RawRepresentable, CaseIterable {
  /// Images that no network learns from.
  public enum Part: String, CaseIterable, Sendable {
    /// Held out of training, to choose by.
    case validation = "val"
    /// For the final score.
    case test

    /// What the names of this part's scores begin with: `val_`.
    public var prefix: String { rawValue + "_" }
  }

  /// The images.
  public let part: Part
  /// What is measured on them.
  public let metric: Metric

  /// The name of `metric` on the images of `part`.
  public init(_ part: Part, _ metric: Metric) { (self.part, self.metric) = (part, metric) }

  /// The score that `rawValue` names; nil if there is none.
  public init?(rawValue: String) {
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
  public var rawValue: String { part.prefix + metric.rawValue }

  /// Whether a larger value is a better one.
  public var higherIsBetter: Bool { metric.higherIsBetter }

  /// Every score: those of validation, then those of the test.
  public static let allCases = Part.allCases.flatMap { part in
    Metric.allCases.map { ScoreName(part, $0) }
  }
}
