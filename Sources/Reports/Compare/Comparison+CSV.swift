import Documents
import Metrics

extension Comparison {
  /// The comparison with all digits, and separate columns for mean, deviation and interval; missing values are empty.
  ///
  /// Names and values come from runs, which may be a stranger's: none is a formula. Spec values stand under their whole
  /// keys. The last columns identify rows that share these values.
  var csv: String {
    let columns = columns
    let header = columns.flatMap { column in
      column.fields(options.grouping).map { column.key + $0 }
    }
    let lines =
      [header + Self.identityHeader(options.grouping)]
      + rows.map { row in columns.flatMap { fields(of: row, in: $0) } + identity(of: row) }
    return lines.map { CSV.line($0.map(CSV.withoutFormula)) }.joined()
  }

  /// The columns of files: those of a table that are not written as part of another.
  var columns: [ComparisonColumn] {
    ComparisonColumn.all(self).filter { column in
      switch column {
      case .interval, .probability: false
      default: true
      }
    }
  }

  private static func identityHeader(_ grouping: ComparisonOptions.Grouping) -> [String] {
    (grouping.showsSpecs ? ["spec_hash"] : [])
      + ["dataset", "training_count", "validation_count", "test_count", "checksums"]
  }

  private func identity(of row: ComparisonRow) -> [String] {
    (options.grouping.showsSpecs ? [row.specHash] : [])
      + [
        row.data.dataset, "\(row.data.trainingCount)", "\(row.data.validationCount)",
        "\(row.data.testCount)",
        row.data.contents.flatMap(\.checksums).map { "\($0.name):\($0.sha256)" }.joined(
          separator: " "),
      ]
  }

  private func fields(of row: ComparisonRow, in column: ComparisonColumn) -> [String] {
    if column == .runs { return ["\(row.counted.count)", "\(row.attempted)"] }
    let count = column.fields(options.grouping).count
    switch cell(column, of: row) {
    case .missing: return Array(repeating: "", count: count)
    case .text(let text): return [text]
    case .value(let value): return [value.inTable]
    case .count(let number), .seed(let number): return ["\(number)"]
    case .number(let number, _): return [number.description]
    case .sample(let sample, let range, _, _):
      let interval = sample.confidenceInterval(of: range)
      let numbers = [
        sample.mean, sample.standardDeviation, interval?.lowerBound, interval?.upperBound,
      ]
      return numbers.prefix(count).map { $0?.description ?? "" }
    case .folds(let sample, _):
      return [sample.mean, sample.standardDeviation].map { $0?.description ?? "" }
    case .difference(let difference, _):
      let (found, interval) = (difference.difference, difference.difference.interval)
      let numbers = [
        found.mean, interval?.lowerBound, interval?.upperBound, difference.uncorrected,
        difference.pValue,
      ]
      return numbers.map { $0?.description ?? "" } + ["\(found.isPaired)"]
    case .interval, .probability: preconditionFailure("part of other columns")
    }
  }
}

extension ComparisonColumn {
  /// The suffixes that follow the column's name in the header, one for each of its fields.
  fileprivate func fields(_ grouping: ComparisonOptions.Grouping) -> [String] {
    switch self {
    case .runs: ["", "_attempted"]
    case .score, .classScore: grouping == .runs ? [""] : ["_mean", "_sd", "_low", "_high"]
    case .epochs, .trainSeconds: grouping == .runs ? [""] : ["_mean", "_sd"]
    case .byFold: ["_mean", "_sd"]
    case .difference: ["", "_low", "_high", "_p", "_p_holm", "_paired"]
    default: [""]
    }
  }
}
