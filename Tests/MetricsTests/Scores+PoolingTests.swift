import Foundation
import Metrics
import Testing

/// Probabilities of each fold, with scikit-learn's metrics of all together; `Fixtures/make_pooled_folds.py` wrote them.
struct PooledFoldsCase: Decodable, CustomTestStringConvertible {
  struct Fold: Decodable {
    let labels: [Int]
    let probabilities: [[Float]]
  }

  let name: String
  let folds: [Fold]
  let values: [String: Double]

  var testDescription: String { name }
  var classCount: Int { folds[0].probabilities[0].count }

  static func all() throws -> [PooledFoldsCase] {
    struct File: Decodable { let cases: [PooledFoldsCase] }
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/pooled_folds", withExtension: "json"))
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).cases
  }
}

@Suite struct ScoresPoolingTests {
  @Test(arguments: try PooledFoldsCase.all())
  func `metrics of pooled folds are scikit-learn's`(expected: PooledFoldsCase) throws {
    let parts = expected.folds.map { fold in
      Scores(
        confusionMatrix: ConfusionMatrix(
          labels: fold.labels,
          predictions: fold.probabilities.map { row in
            row.indices.reduce(0) { row[$1] > row[$0] ? $1 : $0 }
          }, classCount: expected.classCount), loss: 0)
    }
    let all = LabelledProbabilities(
      labels: expected.folds.flatMap(\.labels),
      probabilities: expected.folds.flatMap(\.probabilities).flatMap(\.self),
      classCount: expected.classCount)
    let pooled = try #require(Scores(pooling: parts, probabilities: all))
    for (name, wanted) in expected.values {
      let metric = try #require(Metric(rawValue: name))
      let value = try #require(metric.value(in: pooled), "\(name)")
      #expect(abs(value - wanted) <= 1e-9 * max(1, wanted), "\(name)")
    }
    let counts = try #require(Scores(pooling: parts))
    #expect(Metric.rocAUCMacro.value(in: counts) == nil)
    #expect(!counts.measured.contains(.rocAUCMacro))
  }

  @Test func `each sample counts alike in the loss`() throws {
    let one = Scores(
      confusionMatrix: ConfusionMatrix(labels: [0], predictions: [0], classCount: 2), loss: 4)
    let three = Scores(
      confusionMatrix: ConfusionMatrix(labels: [0, 1, 1], predictions: [0, 1, 0], classCount: 2),
      loss: 2)
    #expect(Scores(pooling: [one, three])?.loss == 2.5)
    #expect(Scores(pooling: []) == nil)
  }
}
