import Metrics
import Testing

@Suite struct ConfusionMatrixTests {
  @Test func confusionsComeByFrequencyThenByClass() {
    let matrix = ConfusionMatrix(
      labels: [2, 2, 0, 1, 0, 1, 1], predictions: [0, 0, 2, 1, 1, 0, 1], classCount: 3)
    #expect(
      matrix.confusions.map { [$0.actual, $0.predicted, $0.count] } == [
        [2, 0, 2], [0, 1, 1], [0, 2, 1], [1, 0, 1],
      ])
    #expect(
      ConfusionMatrix(labels: [0, 1], predictions: [0, 1], classCount: 2).confusions.isEmpty)
  }

  @Test func matricesAdd() throws {
    let first = ConfusionMatrix(labels: [0, 0, 1], predictions: [0, 1, 1], classCount: 2)
    let second = ConfusionMatrix(labels: [0, 1, 1], predictions: [1, 1, 0], classCount: 2)
    let sum = try #require(ConfusionMatrix(sumOf: [first, second]))
    #expect(
      sum
        == ConfusionMatrix(
          labels: [0, 0, 1, 0, 1, 1], predictions: [0, 1, 1, 1, 1, 0], classCount: 2))
    #expect(ConfusionMatrix(sumOf: []) == nil)
  }
}
