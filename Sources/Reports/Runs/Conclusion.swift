import Metrics
import Records
import TextLayout

/// The summary that `exp run` prints when the runs of one spec are over.
package struct Conclusion: Sendable {
  /// The runs, oldest first.
  private let runs: [RunRecord]
  private let cell: String?
  private let judgements: [TargetJudgement]

  /// The summary of `runs`; of a sweep a shorter one under the name of its `cell`.
  package init(_ runs: [RunRecord], cell: String? = nil) {
    self.runs = runs
    self.cell = cell
    judgements = TargetJudgement.all(of: runs)
  }

  /// The last completed run's test report, a line for each seed, mean and deviation, and the targets.
  package func text(width: Int? = nil) -> String {
    [
      cell.map { "\($0):\n" } ?? finalReport, seeds.text(width: width), foldNote(width: width),
      targets,
    ].compactMap(\.self).joined(separator: "\n")
  }

  private var completed: [(run: RunRecord, results: Results)] {
    runs.compactMap { run in run.results.map { (run, $0) } }
  }

  private var finalReport: String? {
    guard let (run, results) = completed.last, let scores = results.final else {
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
      rows: rows + summaryRows)
  }

  private var hasFolds: Bool { runs.contains { $0.fold != nil } }

  /// The rows below the runs': mean and standard deviation over seeds, if there are at least two. Of folds only the scores
  /// that all of a seed make together are independent enough for that; each has a row.
  private var summaryRows: [[String]] {
    guard hasFolds else {
      return spread(
        completed.map { _, results in
          scores.map { results.value(of: $0.name) }
            + [Double(results.epochs), nil, results.trainSeconds]
        })
    }
    let sets = runs.foldSets().filter(\.isComplete)
    let values = sets.map { set in
      scores.map { score in
        set.value(on: score.name.part) { score.name.metric.value(in: $0) }
      }
    }
    let rows = zip(sets, values).map { set, values in
      ["\(set.seed)", "all", "pooled"] + values.map { $0?.fixed(4) ?? "–" } + ["", "", ""]
    }
    return rows + spread(values.map { $0 + [nil, nil, nil] })
  }

  /// Mean and standard deviation of each column of `rows`; empty for fewer than two rows.
  private func spread(_ rows: [[Double?]]) -> [[String]] {
    guard rows.count > 1 else { return [] }
    let statistics = rows[0].indices.map { column in
      SampleStatistics(rows.compactMap { $0[column] })
    }
    func row(_ title: String, _ value: (SampleStatistics) -> Double?) -> [String] {
      [""] + (hasFolds ? [""] : []) + [title]
        + statistics.enumerated().map { index, statistics in
          statistics.flatMap(value)?.fixed(index < scores.count ? 4 : 1) ?? ""
        }
    }
    return [row("mean", \.mean), row("sd", \.standardDeviation)]
  }

  /// What the scores of folds say, and what not; nil where there are none.
  private func foldNote(width: Int?) -> String? {
    let sets = runs.foldSets()
    guard let first = sets.first else { return nil }
    let complete = sets.count(where: \.isComplete)
    let part = first.foldedPart?.prefix ?? ""
    let sentences = [
      complete > 0
        ? "pooled: \(part)… of the predictions on all \(first.count) folds together"
          + (scores.contains { $0.name.part != first.foldedPart }
            ? ", others the mean over folds" : "")
        : "no seed has all \(first.count) folds yet, so that there is no cross-validated score",
      complete > 1 ? "mean and sd: over \(complete) seeds" : nil,
      "the networks of two folds learned from mostly the same images, so that the spread over folds is no measure of luck",
    ]
    return sentences.compactMap(\.self).joined(separator: "; ").wrapped(to: width, indent: "")
      + "\n"
  }

  /// True if a run, or a seed's folds together, has not reached a target, or it cannot be judged there.
  package var missesTarget: Bool { judgements.contains(where: \.isMissed) }

  private var targets: String? {
    let lines = judgements.map { target in
      "target \(target.name.rawValue) \(target.bound): \(target.verdict.rawValue) (\(target.reason))\n"
    }
    return lines.isEmpty ? nil : lines.joined()
  }
}
