import Metrics
import Records
import TextLayout

/// The summary that `exp run` prints when the runs of one spec are over.
package struct Conclusion: Sendable {
  /// The runs in the order of their seeds in the command.
  private let runs: [RunRecord]
  private let isOneOfMany: Bool

  /// The summary of `runs`; a shorter one if they are `isOneOfMany` experiments of a sweep.
  package init(_ runs: [RunRecord], isOneOfMany: Bool = false) {
    self.runs = runs
    self.isOneOfMany = isOneOfMany
  }

  /// The last completed run's test report, a line for each seed, mean and deviation, and the targets.
  package func text(width: Int? = nil) -> String {
    [finalReport, seeds.text(width: width), targets].compactMap(\.self).joined(separator: "\n")
  }

  private var completed: [(run: RunRecord, results: Results)] {
    runs.compactMap { run in run.results.map { (run, $0) } }
  }

  private var finalReport: String? {
    guard !isOneOfMany, let (run, results) = completed.last, let scores = results.final else {
      return nil
    }
    let others = completed.count > 1 ? " (each run's own is in its report.txt)" : ""
    return
      "\(results.finalPart == .test ? "Test" : "Validation") images, \(run.repetition)\(others):\n\n"
      + scores.report(classNames: run.data.classNames)
  }

  /// The scores shown, each with the rank of its column: if space is short, the highest rank is left out first.
  private var scores: [(name: ScoreName, rank: Int)] {
    let final = runs.last?.data.finalPart ?? .test
    let ranks = final == .test ? [2, 1, 3, 6, 5, 0] : [3, 6, 5, 0]
    return zip(ScoreName.usual(final), ranks).map { (name: $0, rank: $1) }
  }

  private var seeds: TextTable {
    let rows = runs.map { run -> [String] in
      let results = run.results
      let naming = ["\(run.seed)"] + (hasFolds ? [run.foldText] : []) + [run.status.rawValue]
      return naming
        + scores.map { results?.value(of: $0.name)?.fixed(4) ?? "–" }
        + [
          results.map { "\($0.epochs)" } ?? "–", results.map { "\($0.weightsEpoch)" } ?? "–",
          results?.trainSeconds.fixed(1) ?? "–",
        ]
    }
    let naming: [TextTable.Column] =
      [.init("seed", .right)] + (hasFolds ? [.init("fold", .right)] : []) + [.init("status")]
    return TextTable(
      naming
        + scores.map { .init($0.name.rawValue, .right, rank: $0.rank) }
        + [
          .init("epochs", .right, rank: 8), .init("best", .right, rank: 7),
          .init("train_seconds", .right, rank: 4),
        ],
      rows: rows + summaryRows + foldRows)
  }

  private var hasFolds: Bool { runs.contains { $0.fold != nil } }

  /// A row for each seed all of whose folds are completed: the scores that they make together.
  private var foldRows: [[String]] {
    let sets = Dictionary(grouping: runs.filter { $0.fold != nil }, by: \.seed)
    return sets.sorted { $0.key < $1.key }.compactMap { seed, runs in
      guard let fold = runs[0].fold else { return nil }
      let set = FoldSet(seed: seed, of: fold, runs.filter { $0.results != nil })
      guard set.isComplete else { return nil }
      let values = scores.map { score -> String in
        set.value(on: score.name.part) { score.name.metric.value(in: $0) }?.fixed(4) ?? "–"
      }
      return ["\(seed)", "all", "pooled"] + values + ["", "", ""]
    }
  }

  /// The rows of mean and standard deviation; empty if fewer than two runs are completed.
  private var summaryRows: [[String]] {
    guard completed.count > 1 else { return [] }
    let columns: [(Results) -> Double?] =
      scores.map { score in { $0.value(of: score.name) } }
      + [{ Double($0.epochs) }, { _ in nil }, { $0.trainSeconds }]
    let statistics = columns.map { column in
      SampleStatistics(completed.compactMap { column($0.results) })
    }
    func row(_ title: String, _ value: (SampleStatistics) -> Double?) -> [String] {
      [""] + (hasFolds ? [""] : []) + [title]
        + statistics.enumerated().map { index, statistics in
          statistics.flatMap(value)?.fixed(index < scores.count ? 4 : 1) ?? ""
        }
    }
    return [row("mean", \.mean), row("sd", \.standardDeviation)]
  }

  private var targets: String? {
    guard let first = completed.first?.results, !first.targets.isEmpty else { return nil }
    return first.targets.map { target in
      let results = completed.flatMap(\.results.targets).filter { $0.name == target.name }
      let (met, judged) = (results.count(where: \.isMet), results.count { $0.got != nil })
      let sign = target.name.higherIsBetter ? "≥" : "≤"
      let start = "target \(target.name.rawValue) \(sign) \(target.wanted): "
      if judged == 0 { return start + "\(target.verdict) (it is undefined)" }
      return start + (met == runs.count ? "met" : "missed")
        + " (\(met) of \(runs.count) runs reach it"
        + (judged < results.count ? "; it is undefined in \(results.count - judged)" : "") + ")"
    }.joined(separator: "\n") + "\n"
  }
}
