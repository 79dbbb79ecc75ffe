import Metrics
import Records

extension Comparison {
  /// The runs that do not count, each with the reason.
  var rowNotes: [String] {
    let rows = options.grouping == .runs ? groups.sorted { $0.label < $1.label } : rows
    return rows.filter { ($0.classIndex ?? 0) == 0 }.flatMap { row in
      let others = row.otherNames.map {
        "\(row.label): includes runs of the same spec named '\($0)'"
      }
      let unfinished = row.unfinished.map { run in
        "\(row.label): \(run.repetition) \(run.ending), not counted: \(run.folder.path)"
      }
      let superseded = row.superseded.map { run in
        "\(row.label): \(run.repetition) has a later run, not counted: \(run.folder.path)"
      }
      return others + mixture(of: row) + incompleteFolds(of: row) + unfinished + superseded
    }
  }

  /// The seeds of `row` that count in no score, since folds are missing.
  private func incompleteFolds(of row: ComparisonRow) -> [String] {
    row.foldSets.filter { !$0.isComplete }.map { set in
      let most = 8
      let shown =
        set.missing.prefix(most).map(String.init).joined(separator: ", ")
        + (set.missing.count > most ? ", …" : "")
      return
        "\(row.label): seed \(set.seed) lacks \(set.missing.count == 1 ? "fold" : "folds") \(shown) of \(set.count), so it counts in no score; 'exp run FILE --missing' makes what is missing, '--per-run' shows the others"
    }
  }

  /// The values below the one that rows are grouped by, in which the experiments of `row` differ.
  private func mixture(of row: ComparisonRow) -> [String] {
    guard case .values(let key) = options.grouping, row.specHashes.count > 1 else { return [] }
    let differing = values.differences(between: row.specHashes).map(\.address)
      .filter { $0.hasPrefix(key + ".") }
    guard !differing.isEmpty else { return [] }
    let shown = differing.prefix(3).joined(separator: ", ") + (differing.count > 3 ? ", …" : "")
    return ["\(row.label): holds experiments that differ in \(shown)"]
  }
}
