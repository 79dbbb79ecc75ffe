import Metrics
import Runs
import TextLayout

extension Comparison {
  /// The table and the notes below it.
  func table(width: Int?) -> String {
    guard !rows.isEmpty else { return (["no runs to compare"] + notes).map { $0 + "\n" }.joined() }
    let notes = notes.map { $0.wrapped(to: width) + "\n" }.joined()
    return textTable(alignsMeans: true).text(width: width) + (notes.isEmpty ? "" : "\n" + notes)
  }

  /// The table and, as a list, the notes below it.
  var markdown: String {
    let list = notes.map { "- \($0)\n" }.joined()
    return textTable(alignsMeans: false).markdown + (list.isEmpty ? "" : "\n" + list)
  }

  private func textTable(alignsMeans: Bool) -> TextTable {
    let columns = ComparisonColumn.allCases.map { column in
      // Nobody should sort by a column and then not see it.
      let rank =
        column == sortColumn ? 0 : ComparisonColumn.byImportance.firstIndex(of: column) ?? 0
      let isEssential = column == .experiment || column == .runs
      return TextTable.Column(
        column.rawValue, column == .experiment ? .left : .right, rank: isEssential ? 0 : rank)
    }
    let hasDeviations = rows.contains { $0.counted.count > 1 }
    return TextTable(
      columns,
      rows: rows.map { row in
        ComparisonColumn.allCases.map { column in
          cell(column, of: row, isPadded: alignsMeans && hasDeviations)
        }
      })
  }

  private func cell(_ column: ComparisonColumn, of row: ComparisonRow, isPadded: Bool) -> String {
    switch column {
    case .experiment: return isBest(row) ? row.label + " *" : row.label
    case .runs:
      let isComplete = row.counted.count == row.seeds.count
      return isComplete ? "\(row.counted.count)" : "\(row.counted.count)/\(row.seeds.count)!"
    case .parameters: return row.parameterCount.grouped
    case .epochs, .trainSeconds: return row.statistics(column)?.mean.fixed(1) ?? "–"
    default:
      guard let statistics = row.statistics(column) else { return "–" }
      // A mean without deviation stands under those that have one.
      let deviation = statistics.standardDeviation.map { " ± " + $0.fixed(4) }
      return statistics.mean.fixed(4) + (deviation ?? (isPadded ? "".padded(to: 9) : ""))
    }
  }

  /// What a reader has to know beside the numbers, a line each.
  public var notes: [String] {
    var notes: [String] = []
    if rows.contains(where: { $0.counted.count > 1 }) {
      notes.append("±: standard deviation over seeds")
    }
    if hasBest {
      let scope = Set(rows.map(\.data)).count == 1 ? "" : " among those with the same data"
      notes.append("*: best by \(ComparisonColumn.valF1Macro.rawValue)" + scope)
    }
    for row in rows {
      notes += row.otherNames.map { "\(row.label): includes runs of the same spec named '\($0)'" }
      notes += row.unfinished.map { run in
        "\(row.label): seed \(run.seed) \(run.ending), not counted: \(run.folder.path)"
      }
      notes += row.superseded.map { run in
        "\(row.label): seed \(run.seed) has a later run, not counted: \(run.folder.path)"
      }
    }
    notes += problems.map { "unreadable, not counted: \($0)" }
    return notes.map(\.singleLine)
  }
}

extension RunRecord {
  /// How far the run came: `diverged in epoch 2, step 17 (the loss is not a number)`.
  var ending: String {
    guard let failure else { return status.rawValue }
    let epoch = failure.epoch.map { " in epoch \($0)" } ?? ""
    let step = failure.step.map { ", step \($0)" } ?? ""
    let reason = failure.message == status.rawValue ? "" : " (\(failure.message))"
    return status.rawValue + epoch + step + reason
  }
}
