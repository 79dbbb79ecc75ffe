import Documents
import Metrics

/// McNemar's test of a network, or of several as an ensemble, against a run's network on the same images.
package struct RecordedTest: Hashable, Sendable {
  /// The network that it was tested against.
  package let against: ScoredNetwork
  /// The test; `onlyFirst` counts the images that only the other network gets right.
  package let test: McNemarTest

  enum CodingKeys: String, CodingKey {
    case against
    case onlyThis = "only_this_right"
    case onlyOther = "only_other_right"
    case statistic
    case pValue = "p_value"
  }

  /// The `test`, whose first predictions are those of the network `against`.
  package init(against: ScoredNetwork, _ test: McNemarTest) {
    self.against = against
    self.test = test
  }
}

extension RecordedTest: Encodable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(against, forKey: .against)
    try container.encode(test.onlySecond, forKey: .onlyThis)
    try container.encode(test.onlyFirst, forKey: .onlyOther)
    try container.encode(test.statistic, forKey: .statistic)
    try container.encode(test.pValue, forKey: .pValue)
  }
}

extension RecordedTest: JSONReadable {
  /// Reads the counts, and computes the rest from them.
  package init(json node: JSONNode) throws {
    let json = node.object(CodingKeys.self)
    self.init(
      against: try json(.against),
      McNemarTest(
        onlyFirst: try json(notNegative: .onlyOther), onlySecond: try json(notNegative: .onlyThis)))
  }
}

extension McNemarTest {
  /// Whether its second classifier can have these `scores`.
  func isPossible(for scores: Scores) -> Bool {
    let right = scores.confusionMatrix.correctCount
    return onlySecond <= right && onlyFirst <= scores.confusionMatrix.sampleCount - right
  }
}
