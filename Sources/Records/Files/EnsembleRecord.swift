import Documents
import Metrics

/// The scores of the mean of several networks' probabilities on the images of an evaluation:
/// `ensemble.json`, which the evaluation of each member has.
///
/// The predictions are the mean of those that the members' evaluations have.
package struct EnsembleRecord: Encodable, Hashable, Sendable {
  package let format: ManifestFormat
  /// The images and labels, told by their contents.
  package let images: Manifest.Contents
  /// The classes, in the order of the first member: those of the others may be in another.
  let classNames: [String]
  package let members: [ScoredNetwork]
  /// The scores of the ensemble itself; the loss is the cross-entropy.
  package let scores: Scores
  /// The spread of each metric over the members; losses are cross-entropies.
  package let spread: [MetricSpread]
  /// The test against the first member.
  package let mcNemar: RecordedTest

  enum CodingKeys: String, CodingKey {
    case format, images
    case classNames = "class_names"
    case members, scores, spread
    case mcNemar = "mcnemar"
  }

  private init(
    images: Manifest.Contents, classNames: [String], members: [ScoredNetwork], scores: Scores,
    spread: [MetricSpread], mcNemar: RecordedTest
  ) {
    format = .current
    self.images = images
    self.classNames = classNames
    self.members = members
    self.scores = scores
    self.spread = spread
    self.mcNemar = mcNemar
  }

  /// The record of an ensemble that has these `scores` on `images`, and whose members have those in `memberScores`.
  package init(
    of members: [ScoredNetwork], on images: Manifest.Contents, classNames: [String],
    scores: Scores, memberScores: [Scores], mcNemar: RecordedTest
  ) {
    self.init(
      images: images, classNames: classNames, members: members, scores: scores,
      spread: Metric.allCases.compactMap { MetricSpread($0, over: memberScores) },
      mcNemar: mcNemar)
  }

  /// The spread of `metric`; nil if the record has none.
  package func spread(of metric: Metric) -> MetricSpread? { spread.first { $0.metric == metric } }

  /// Its members and scores in words: `ensemble.txt`.
  var report: String {
    "The mean of the probabilities of\n" + members.map { "  \($0.run)\n" }.joined() + "\n"
      + scores.report(classNames: classNames)
  }
}

extension EnsembleRecord: JSONReadable {
  package init(json node: JSONNode) throws {
    let json = node.object(CodingKeys.self)
    let _: ManifestFormat = try json(.format)
    self.init(
      images: try json(decoding: .images), classNames: try json(.classNames),
      members: try json(.members), scores: try json(.scores), spread: try json(decoding: .spread),
      mcNemar: try json(.mcNemar))
    guard mcNemar.test.isPossible(for: scores) else {
      throw node.error("has a test that counts otherwise than the scores")
    }
    guard mcNemar.against == members.first else {
      throw node.error("is tested against another network than its first member")
    }
    guard Set(members.map(\.identity)).count == members.count else {
      throw node.error("has a member twice")
    }
    guard Set(spread.map(\.metric)).count == spread.count else {
      throw node.error("has two spreads of one metric")
    }
    try scores.requirePossibleLoss(in: node)
    guard spread.allSatisfy(\.isPossible) else {
      throw node.error("has a spread that no scores have")
    }
  }
}
