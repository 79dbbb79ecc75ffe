import Tensors
import Testing

@Suite struct PredictionsTests {
  @Test func `the most probable class is predicted, the lowest of equals`() {
    let predictions = Predictions(
      probabilities: [0.2, 0.5, 0.3, 0.4, 0.2, 0.4, 0, 0, 1], losses: [0, 0, 0], classCount: 3)
    #expect((0..<3).map { predictions.predictedClass(at: $0) } == [1, 0, 2])
  }
}
