import Records
import Testing

@Suite struct PredictionTableMistakesTests {
  private func table(_ images: [(label: Int, predicted: Int, probability: Float)])
    -> PredictionTable
  {
    PredictionTable(
      labels: images.map(\.label), predicted: images.map(\.predicted),
      probabilities: images.flatMap { image in
        (0..<3).map { $0 == image.predicted ? image.probability : 0 }
      }, classNames: ["0", "1", "2"])
  }

  @Test func theSurestComeFirstAndEqualsByIndex() {
    let mistakes = table([
      (0, 1, 0.6), (1, 1, 1), (2, 0, 0.9), (2, 1, 0.6), (0, 2, .nan), (1, 0, 0.6),
    ]).mistakes()
    #expect(mistakes.map(\.index) == [2, 0, 3, 5, 4])
    #expect(mistakes[0] == Mistake(index: 2, label: 2, predicted: 0, probability: 0.9))
  }

  @Test func noMoreThanAskedFor() {
    let wrong = table(Array(repeating: (0, 1, 0.8), count: 40))
    #expect(wrong.mistakes().map(\.index) == Array(0..<30))
    #expect(wrong.mistakes(atMost: 2).map(\.index) == [0, 1])
    #expect(table([(0, 0, 1), (1, 1, 0.4)]).mistakes().isEmpty)
  }
}
