import Metrics
import Records

extension Comparison {
  /// The runs that do not count, each with the reason.
  var rowNotes: [String] {
    let rows = options.grouping == .runs ? groups.sorted { $0.label < $1.label } : rows
    let filteredSlots = Set(filtered.map { RunSlot($0) })
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
      return others + mixture(of: row) + incompleteFolds(of: row, filteredSlots) + unfinished
        + superseded
    }
  }

  /// The seeds of `row` that count in no score, since folds are missing, contradict each other, or are among those that the
  /// filter leaves out.
  private func incompleteFolds(
    of row: ComparisonRow, _ filteredSlots: Set<RunSlot>
  ) -> [String] {
    func folds(_ numbers: [Int]) -> String {
      let most = 8
      return (numbers.count == 1 ? "fold " : "folds ")
        + numbers.prefix(most).map(String.init).joined(separator: ", ")
        + (numbers.count > most ? ", …" : "")
    }
    return row.foldSets.filter { !$0.isComplete }.map { set in
      if let contradiction = set.contradiction {
        return
          "\(row.label): the folds of seed \(set.seed) contradict each other, so it counts in no score: \(contradiction)"
      }
      let filtered = set.missing.filter { fold in
        filteredSlots.contains(
          RunSlot(
            specHash: set.specHash, repetition: Repetition(seed: set.seed, fold: fold)))
      }
      let absent = set.missing.filter { !filtered.contains($0) }
      let reasons = [
        filtered.isEmpty ? nil : "--where leaves out \(folds(filtered)) of \(set.count)",
        absent.isEmpty ? nil : "it lacks \(folds(absent)) of \(set.count)",
      ].compactMap(\.self).joined(separator: ", and ")
      return
        "\(row.label): seed \(set.seed) counts in no score, since \(reasons); "
        + (absent.isEmpty ? "" : "'exp run FILE --missing' makes what is missing, ")
        + "'--per-run' shows the others"
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
