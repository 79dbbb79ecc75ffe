import Documents
import Metrics
import Records
import Testing

@Suite struct HistoryTests {
  private func history(withValidation: Bool) -> History {
    var history = History()
    for epoch in 1...2 {
      history.append(
        EpochRecord(
          epoch: epoch, seconds: 2.5, learningRate: 0.001, loss: 0.1 + 0.2, accuracy: 0.5,
          validation: withValidation ? Metric.values(of: Metric.usual, in: Scores.example) : [:]))
    }
    return history
  }

  @Test func hasTheDocumentedColumns() {
    #expect(
      history(withValidation: true).csv.split(separator: "\n").prefix(2) == [
        "epoch,seconds,learning_rate,loss,accuracy,val_loss,val_accuracy,val_precision_macro,"
          + "val_recall_macro,val_f1_macro",
        "1,2.5,0.001,0.30000000000000004,0.5,0.25,0.6666666666666666,0.75,0.75,0.6666666666666666",
      ])
  }

  @Test func validationColumnsAreEmptyWithoutValidation() {
    #expect(
      history(withValidation: false).csv.split(separator: "\n")[1]
        == "1,2.5,0.001,0.30000000000000004,0.5,,,,,")
  }

  @Test func `a metric that a callback monitors has a column of its own`() throws {
    var history = History()
    for (epoch, value) in [(1, nil), (2, 0.75)] {
      history.append(
        EpochRecord(
          epoch: epoch, seconds: 1, learningRate: 0.1, loss: 1, accuracy: 0.5,
          validation: value.map { [.loss: 1, .rocAUCMacro: $0] } ?? [.loss: 1]))
    }
    let lines = history.csv.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0].hasSuffix(",val_f1_macro,val_roc_auc_macro"))
    #expect(lines[1].hasSuffix(",1.0,,,,,"))
    #expect(lines[2].hasSuffix(",1.0,,,,,0.75"))
    #expect(try History(csv: history.csv) == history)
  }

  @Test(arguments: [true, false])
  func readsBack(withValidation: Bool) throws {
    let written = history(withValidation: withValidation)
    #expect(try History(csv: written.csv) == written)
  }

  @Test(arguments: [
    ("1\n", "line 2 has 1 of 10 values"),
    ("1,2,3", "its last line has no end"),
    ("1,2,x,4,5,,,,,\n", "line 2: 'x' is not a number"),
    ("1,2,,4,5,,,,,\n", "line 2 is not an epoch"),
    ("1.5,2,3,4,5,,,,,\n", "line 2 is not an epoch"),
    ("0,2,3,4,5,,,,,\n", "line 2 is not an epoch"),
    ("-1,2,3,4,5,,,,,\n", "line 2 is not an epoch"),
    ("1000000001,2,3,4,5,,,,,\n", "line 2 is not an epoch"),
    ("2,2,3,4,5,,,,,\n1,2,3,4,5,,,,,\n", "line 3 is not an epoch"),
    ("1,2,3,4,5,,,,,\n1,2,3,4,5,,,,,\n", "line 3 is not an epoch"),
  ])
  func damageIsNamed(rows: String, reason: String) {
    #expect(throws: CSVError(reason: reason)) { try History(csv: History().csv + rows) }
  }

  @Test func otherTablesAreNoHistory() {
    #expect(throws: CSVError(reason: "it has no column 'epoch'")) {
      try History(csv: "index,label\n")
    }
  }

  @Test func columnsAreFoundByName() throws {
    let csv =
      "note,accuracy,loss,epoch,seconds,learning_rate,val_loss\ngood,0.5,0.25,1,2,0.001,0.125\n"
    let record = try #require(try History(csv: csv).records.first)
    #expect(
      record
        == EpochRecord(
          epoch: 1, seconds: 2, learningRate: 0.001, loss: 0.25, accuracy: 0.5,
          validation: [.loss: 0.125]))
  }

  @Test(arguments: EpochRecord.trainingColumns)
  func aMissingColumnIsDamage(column: String) {
    let others = EpochRecord.columns.filter { $0 != column }
    #expect(throws: CSVError(reason: "it has no column '\(column)'")) {
      try History(csv: CSV.line(others))
    }
  }
}
