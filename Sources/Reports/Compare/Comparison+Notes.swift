import Metrics
import Runs
import TextLayout

extension Comparison {
  /// How each row differs from the baseline, a sentence each; none without a baseline.
  public var sentences: [String] {
    guard let baseline else { return [] }
    let score = judgedScore
    let order = score.higherIsBetter ? "" : " (lower is better)"
    let heading = "Compared with \(baseline.label) by \(score.rawValue)\(order):"
    let others = rows.filter { !$0.isBaseline }
    guard !others.isEmpty else { return [heading + " no other rows are shown"] }
    let sentences = others.map { row in
      if row.data != baseline.data {
        return "\(row.label): not compared, its images are not those of \(baseline.label)"
      }
      guard let difference = row.differences[score] else {
        let lacking = row.statistics(score) == nil ? row : baseline
        return "\(row.label): not compared, \(lacking.label) has no \(score.rawValue)"
      }
      return difference.sentence(
        row.label, baseline: baseline.label, digits: options.digits,
        pair: options.layout.showsSpecs ? "seed" : "run")
    }
    return ([heading] + sentences.map { $0 + "." }).map(\.singleLine)
  }

  /// What a reader has to know beside the numbers, a line each.
  public var notes: [String] {
    (explanations + rowNotes + problems.map { "unreadable, not counted: \($0)" }).map(\.singleLine)
  }

  /// What signs in the table mean, and what it does not show.
  private var explanations: [String] {
    var notes: [String] = []
    let hasSpread = options.layout != .runs && rows.contains { $0.counted.count > 1 }
    if hasSpread { notes.append("±: standard deviation over \(seedsText)") }
    if hasSpread, options.layout.showsIntervals {
      notes.append(
        "interval: 95 % interval of the mean \(judgedScore.rawValue), by Student's t")
    }
    if rows.contains(where: \.isBest) {
      let scope = Set(rows.map(\.data)).count == 1 ? "" : " among those with the same data"
      notes.append("*: best by \(options.choice.rawValue)" + scope)
    }
    if baseline != nil {
      notes.append("Δ: difference from \(baseline?.label ?? ""); p: of Δ \(judgedScore.rawValue)")
    }
    if filteredCount > 0 { notes.append("--where leaves out \(filteredCount) runs") }
    if hiddenCount > 0 { notes.append("--top leaves out \(hiddenCount) rows") }
    if !hiddenValues.isEmpty {
      notes.append(
        "\(hiddenValues.count) more spec values differ; '--format csv' and '--format json' have all"
      )
    }
    return notes
  }

  private var seedsText: String { options.layout.showsSpecs ? "seeds" : "runs" }

  /// Which runs do not count, and why.
  private var rowNotes: [String] {
    let rows = options.layout == .runs ? groups : rows
    return rows.filter { ($0.classIndex ?? 0) == 0 }.flatMap { row in
      let others = row.otherNames.map {
        "\(row.label): includes runs of the same spec named '\($0)'"
      }
      let unfinished = row.unfinished.map { run in
        "\(row.label): seed \(run.seed) \(run.ending), not counted: \(run.folder.path)"
      }
      let superseded = row.superseded.map { run in
        "\(row.label): seed \(run.seed) has a later run, not counted: \(run.folder.path)"
      }
      let unreadable = row.specHashes.filter { !specs.contains($0) }.map { _ in
        "\(row.label): its spec values are unknown, for \(row.latest.folder.path(of: .resolved)) "
          + "cannot be read"
      }
      return others + unfinished + superseded + unreadable
    }
  }
}

extension ComparisonOptions.Layout {
  /// Whether scores have a column of their intervals.
  fileprivate var showsIntervals: Bool {
    switch self {
    case .specs, .values: true
    case .runs, .classes: false
    }
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
