import Documents
import Records

/// The images that the runs of experiments take for other classes, a row each.
package struct MistakeTable {
  /// The table as comma-separated text. Names come from anyone: none is a formula.
  package let csv: String
  /// Predictions that cannot be read, and are left out.
  package let problems: [RunProblem]

  private static let columns = [
    "experiment", "spec_hash", "part", "index", "file", "label", "predicted", "wrong", "runs",
    "probability", "label_probability",
  ]

  /// The mistakes of the runs that count in `comparison`, experiment by experiment. Those come first that most runs make,
  /// of these the most confident ones.
  package init(_ comparison: Comparison) {
    var (csv, problems) = (CSV.line(Self.columns), [RunProblem]())
    for row in comparison.rows {
      guard let predictions = ExperimentPredictions(row, &problems) else { continue }
      let naming = [row.label.fieldOfTable, row.specHash, row.data.source(of: row.data.finalPart)]
      let classNames = row.data.classNames.map(\.fieldOfTable)
      for mistake in predictions.mistakes {
        csv += CSV.line(
          naming + [
            "\(mistake.index)", mistake.file?.fieldOfTable ?? "", classNames[mistake.label],
            classNames[mistake.predicted], "\(mistake.wrongCount)", "\(predictions.runCount)",
            "\(mistake.probability)", "\(mistake.labelProbability)",
          ])
      }
    }
    self.csv = csv
    self.problems = problems
  }
}
