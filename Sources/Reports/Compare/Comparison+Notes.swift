import Metrics
import Records
import TextLayout

extension Comparison {
  /// The differences of the rows from the baseline, a sentence each; empty without a baseline.
  package var sentences: [String] {
    guard let baseline else { return [] }
    let score = judgedScore
    let order = score.higherIsBetter ? "" : " (lower is better)"
    let heading = "Compared with \(baseline.label) by \(score.rawValue)\(order):"
    let others = rows.filter { !$0.isBaseline }
    guard !others.isEmpty else { return [heading + " no other rows are shown"] }
    let sentences = others.map { row in
      if let obstacle = row.obstacle(to: baseline, by: score) {
        return "\(row.label): not compared, \(obstacle)"
      }
      guard let difference = row.differences[score] else {
        let lacking = row.statistics(score) == nil ? row : baseline
        return "\(row.label): not compared, \(lacking.label) has no \(score.rawValue)"
      }
      guard difference.shown.isFinite else {
        return "\(row.label): not compared, \(score.rawValue) is not always a finite number"
      }
      return difference.sentence(
        row.label, baseline: baseline.label, digits: options.digits, pair: pairName)
    }
    let areOfFolds = others.contains { $0.differences[score]?.isByFolds == true }
    return ([heading] + (sentences + (areOfFolds ? [FoldTest.explanation] : [])).map { $0 + "." })
      .map(\.singleLine)
  }

  /// The notes below the numbers, a line each: what is left out, and which runs do not count.
  package var notes: [String] {
    var leftOut: [String] = []
    if let name = options.evaluation, let evaluated {
      leftOut.append("test_…: scores on the images of the evaluation '\(name)'")
      let images = Set(rows.flatMap(\.counted).map { $0.data.contents(of: .test)?.pixels })
      if images.count > 1 {
        leftOut.append(
          "not all runs were scored on the same images: 'exp evaluate RUN… --data FILE --force' with all of them does that"
        )
      }
      let names = Set(
        allRows.flatMap(\.counted).map { ScoredNetwork.name(of: $0.folder, $0.name) })
      leftOut += evaluated.ensembles.filter { $0.members.contains { names.contains($0.run) } }
        .map { $0.sentence(digits: options.digits) }
      if evaluated.staleEnsembleCount > 0 {
        leftOut.append(
          "of members that have other weights, images or scores by now, left out: "
            + counted(evaluated.staleEnsembleCount, "ensemble"))
      }
      if evaluated.ensemblesOnOtherImagesCount > 0 {
        leftOut.append(
          "of members that are left out for their images, left out: "
            + counted(evaluated.ensemblesOnOtherImagesCount, "ensemble"))
      }
      if evaluated.unevaluatedCount > 0 {
        leftOut.append(
          "without that evaluation, or not completed, left out: \(counted(evaluated.unevaluatedCount, "run"))"
        )
      }
      leftOut += evaluated.onOtherImages.map {
        "scored on other images than most runs of its experiment, left out: \($0); 'exp evaluate RUN --data FILE --force' makes it anew"
      }
      leftOut += evaluated.outdated.map {
        "evaluated with other weights than it has now, left out: \($0); 'exp evaluate RUN --data FILE' makes it anew"
      }
    }
    if !filtered.isEmpty {
      leftOut.append("--where leaves out \(counted(filtered.count, "run"))")
    }
    let hidden = hiddenRows.count
    if hidden > 0 { leftOut.append("--top leaves out \(counted(hidden, "row"))") }
    return
      (leftOut + measureNotes + sharedImageNotes + emptyClassNotes + rowNotes
      + problems.map { "unreadable, not counted: \($0)" }
      + ensembleProblems.map { "unreadable ensemble, left out: \($0)" }
      + strays.map { "no run: \($0)" }
      + valueProblems.map { "unreadable values: \($0)" }
      + predictionProblems.map { "unreadable predictions, not pooled: \($0)" }).map(\.singleLine)
  }

  /// The meanings of the signs in a table of `columns`, a line each.
  func legend(_ columns: [ComparisonColumn]) -> [String] {
    var lines: [String] = []
    func mean(_ sign: String, _ meaning: String) { lines.append("\(sign): \(meaning)") }
    if let foldNote { lines.append(foldNote) }
    let hasSpread =
      options.grouping != .runs && columns.contains(where: \.isScore)
      && rows.contains { $0.scoreCount > 1 }
    if hasSpread { mean("±", "standard deviation over \(seedsText)") }
    if columns.contains(.interval(judgedScore)) {
      mean("interval", "95 % " + judgedScore.intervalMeaning(seedsText))
    }
    if columns.contains(.byFold(judgedScore)) {
      mean("by fold", "\(judgedScore.rawValue) \(Self.meaningOfFoldSpread)")
    }
    if columns.contains(where: \.isRowTitle), rows.contains(where: \.isBest) {
      mean("*", "best by \(options.choice.rawValue)" + restriction(of: options.choice))
    }
    if let baseline, columns.contains(where: \.isDifference) {
      let differences = rows.flatMap(\.differences.values)
      let areOfFolds = differences.contains { $0.foldTest != nil }
      let isPartial = differences.contains {
        ($0.foldTest != nil || $0.tested?.isPaired == true) && !$0.isComplete
      }
      mean(
        "Δ",
        "difference from \(baseline.label)"
          + (areOfFolds ? " of the scores of all folds together" : "")
          + (isPartial
            ? ", over the common \(pairName)s" + (areOfFolds ? "" : " where there are at least two")
            : "")
          + (differences.contains(where: \.isByFolds)
            ? "; the test of folds and its interval are of the mean of the folds' own differences"
            : ""))
    }
    if columns.contains(.probability(judgedScore)),
      rows.contains(where: { $0.differences[judgedScore]?.pValue != nil })
    {
      mean(
        "p",
        "how probable at least such a difference in \(judgedScore.rawValue) is by luck alone, with "
          + "Holm's correction over rows")
    }
    if !hiddenValues.isEmpty {
      lines.append(
        (hiddenValues.count == 1
          ? "1 more value differs" : "\(hiddenValues.count) more values differ")
          + "; '--format csv' and '--format json' have all"
      )
    }
    return lines.map(\.singleLine)
  }

  /// The word for a pair of runs: a seed, or, if rows hold several specs, a run.
  var pairName: String { options.grouping.showsSpecs ? "seed" : "run" }

  private var seedsText: String { options.grouping.showsSpecs ? "seeds" : "runs" }
}

extension ComparisonColumn {
  fileprivate var isScore: Bool {
    switch self {
    case .score, .classScore: true
    default: false
    }
  }

  fileprivate var isDifference: Bool { if case .difference = self { true } else { false } }
}

extension ScoreName {
  /// The meaning of an interval of this score's mean over `repetitions`, such as seeds.
  func intervalMeaning(_ repetitions: String) -> String {
    "interval of the mean \(rawValue) over \(repetitions), not over images; by Student's t"
      + (range == .unitInterval ? " on the logit scale" : "")
  }
}

extension ScoreName.Part {
  /// The images on which scores of this part are taken, in words.
  var images: String { self == .test ? "test images" : "validation images" }
}

extension RunRecord {
  /// The status, and the point and reason of a failure: `diverged in epoch 2, step 17 (the loss is not a number)`.
  var ending: String {
    guard let failure = self.failure else { return self.status.rawValue }
    let epoch = failure.epoch.map { " in epoch \($0)" } ?? ""
    let step = failure.step.map { ", step \($0)" } ?? ""
    let reason = failure.message == self.status.rawValue ? "" : " (\(failure.message))"
    return self.status.rawValue + epoch + step + reason
  }
}
