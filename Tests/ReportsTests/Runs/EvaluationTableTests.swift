import Metrics
import Records
import Reports
import Testing

@Suite struct EvaluationTableTests {
  /// The predictions of a run of images of the classes `labels`, that takes them for `predicted`, with three quarters of
  /// the probability.
  private func predictions(
    _ classNames: [String], labels: [Int], predicted: [Int]
  ) -> PredictionTable {
    PredictionTable(
      labels: labels, predicted: predicted,
      probabilities: predicted.flatMap { $0 == 0 ? [0.75, 0.25] : [0.25, 0.75] },
      classNames: classNames)
  }

  /// The table of runs with these predictions, each but the first tested against it.
  private func text(
    _ tables: [PredictionTable], run: String = "a", losses: [Double] = [1, 1], width: Int? = nil
  ) -> String {
    EvaluationTable(
      zip(tables, losses).enumerated().map { number, row in
        let (predictions, loss) = row
        return EvaluationTable.Row(
          run: run, scores: Scores(confusionMatrix: predictions.confusionMatrix, loss: loss),
          crossEntropy: predictions.crossEntropy,
          test: number == 0 ? nil : PredictionDiff(tables[0], predictions)?.test)
      }
    ).text(width: width)
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
    let table = text([
      predictions(["cat", "dog"], labels: labels, predicted: wrong(0..<11)),
      predictions(["cat", "dog"], labels: labels, predicted: wrong(11..<14)),
    ])
    #expect(table.rowsOfWords[2].suffix(3) == ["11", "3", "0.057"])
  }

  @Test func `where room is short, McNemar's test stays longest`() {
    let run = "runs/stripes/2026-11-30_17-00-00_seed-0"
    let table = text(
      [
        predictions(["cat", "dog"], labels: labels, predicted: wrong(0..<11)),
        predictions(["cat", "dog"], labels: labels, predicted: wrong(11..<14)),
      ], run: run, width: 80)
    #expect(
      table.rowsOfWords[0] == ["run", "accuracy", "f1_macro", "McNemar's", "p"])
    #expect(table.rowsOfWords[2].first == run)
    #expect(table.rowsOfWords[2].last == "0.057")
  }

  @Test func `networks that number their classes in another way are tested all the same`() throws {
    let turned = { (classes: [Int]) in classes.map { 1 - $0 } }
    let table = text([
      predictions(["cat", "dog"], labels: labels, predicted: wrong(0..<11)),
      predictions(["dog", "cat"], labels: turned(labels), predicted: turned(wrong(11..<14))),
    ])
    #expect(table.rowsOfWords[2].suffix(3) == ["11", "3", "0.057"])
  }

  @Test func `losses of different functions are replaced by the cross-entropy`() throws {
    // Of four images, three are right: -(3 log 0.75 + log 0.25) ÷ 4 = 0.56233514…
    let own = predictions(["cat", "dog"], labels: [0, 1, 0, 1], predicted: [0, 1, 0, 0])
    let rows = text([own, own], losses: [7, 0.001]).rowsOfWords
    #expect(rows[0].contains("cross_entropy"))
    for row in rows[1...2] { #expect(row[3] == "0.5623") }
  }
}

extension String {
  /// The words of each line.
  fileprivate var rowsOfWords: [[String]] {
    split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  }
}
