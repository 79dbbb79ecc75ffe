import Metrics
import Records
import Reports
import Testing

@Suite struct EvaluationTableTests {
  /// A run of images of the classes `labels`, that takes them for `predicted`, with three quarters of the probability.
  private func row(
    _ run: String, _ classNames: [String], labels: [Int], predicted: [Int], loss: Double = 1
  ) -> EvaluationTable.Row {
    let table = PredictionTable(
      labels: labels, predicted: predicted,
      probabilities: predicted.flatMap { $0 == 0 ? [0.75, 0.25] : [0.25, 0.75] },
      classNames: classNames)
    let scores = Scores(confusionMatrix: table.confusionMatrix, loss: loss)
    return EvaluationTable.Row(run: run, scores: scores, predictions: table)
  }

  private func cells(_ rows: [EvaluationTable.Row]) -> [[String]] {
    EvaluationTable(rows).text(width: nil).split(separator: "\n")
      .map { $0.split(separator: " ").map(String.init) }
  }

  /// Twenty images, of which the first run gets 3 right that the second gets wrong, and the second 11.
  private let labels = (0..<20).map { $0 % 2 }
  private func wrong(_ places: Range<Int>) -> [Int] {
    labels.enumerated().map { places.contains($0.offset) ? 1 - $0.element : $0.element }
  }

  /// `scipy.stats.binomtest(3, 14, 0.5).pvalue` is 0.057373046875 (SciPy 1.17.1).
  @Test
  func `McNemar's test is the exact binomial test of the images that one run alone gets right`()
    throws
  {
    let found = cells([
      row("a", ["cat", "dog"], labels: labels, predicted: wrong(0..<11)),
      row("b", ["cat", "dog"], labels: labels, predicted: wrong(11..<14)),
    ])
    #expect(found[2].suffix(3) == ["11", "3", "0.057"])
  }

  @Test func `networks that number their classes in another way are tested all the same`() throws {
    let turned = { (classes: [Int]) in classes.map { 1 - $0 } }
    let found = cells([
      row("a", ["cat", "dog"], labels: labels, predicted: wrong(0..<11)),
      row("b", ["dog", "cat"], labels: turned(labels), predicted: turned(wrong(11..<14))),
    ])
    #expect(found[2].suffix(3) == ["11", "3", "0.057"])
  }

  @Test func `losses of different functions are replaced by the cross-entropy`() throws {
    // Of four images, three are right: -(3 log 0.75 + log 0.25) ÷ 4 = 0.56233514…
    let found = cells([
      row("a", ["cat", "dog"], labels: [0, 1, 0, 1], predicted: [0, 1, 0, 0], loss: 7),
      row("b", ["cat", "dog"], labels: [0, 1, 0, 1], predicted: [0, 1, 0, 0], loss: 0.001),
    ])
    #expect(found[0].contains("cross_entropy"))
    for row in found[1...2] { #expect(row[3] == "0.5623") }
  }
}
