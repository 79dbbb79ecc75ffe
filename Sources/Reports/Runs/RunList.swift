import Metrics
import Records
import TextLayout

extension RunCatalog {
  /// The text of `exp list`: one line for each run, oldest first, then the folders that cannot be read.
  package func list(width: Int? = nil) -> String {
    let unreadable = (problems.map { "unreadable: \($0)" } + strays.map { "no run: \($0)" })
      .map { $0.singleLine.wrapped(to: width) + "\n" }
    guard !runs.isEmpty else { return "no runs\n" + unreadable.joined() }
    let hasTest = runs.contains { $0.data.finalPart == .test }
    let accuracy = ScoreName(.validation, .accuracy)
    let f1 = ScoreName(hasTest ? .test : .validation, .f1Macro)
    let hasTags = runs.contains { $0.tag != nil }
    let hasVariants = runs.contains { $0.variant != nil }
    let table = TextTable(
      [.init("experiment")] + (hasVariants ? [.init("variant", rank: 1)] : [])
        + (hasTags ? [.init("tag", rank: 1)] : []) + [
          .init("seed", .right), .init("status"), .init("started", rank: 3),
          .init("epochs", .right, rank: 4), .init(accuracy.rawValue, .right, rank: 2),
          .init(f1.rawValue, .right), .init("path", rank: 5),
        ],
      rows: runs.map { run in
        [run.name] + (hasVariants ? [run.variant ?? "–"] : []) + (hasTags ? [run.tag ?? "–"] : [])
          + [
            "\(run.seed)", run.status.rawValue, run.started.localText,
            "\(run.epochs.map(String.init) ?? "–")/\(run.epochsPlanned)",
            run.results?.value(of: accuracy)?.fixed(4) ?? "–",
            run.results?.value(of: f1)?.fixed(4) ?? "–",
            run.folder.path,
          ]
      })
    return table.text(width: width) + (unreadable.isEmpty ? "" : "\n" + unreadable.joined())
  }
}

extension RunRecord {
  /// The number of epochs done; nil if none is recorded. The history is read only for runs that did not record their
  /// end.
  fileprivate var epochs: Int? {
    self.results?.epochs ?? self.failure?.epoch
      ?? (try? self.folder.history(epochs: self.epochsPlanned))?.records.count
  }
}
