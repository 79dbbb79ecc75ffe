import Metrics

extension Comparison {
  /// The meaning of a spread over folds, after the name of a score.
  static let meaningOfFoldSpread =
    "of each fold by itself, as scikit-learn's cross_val_score gives it: mean ± standard deviation over folds, which is no "
    + "measure of luck, since their networks learned from mostly the same images"

  /// True if runs of some row hold out folds.
  var hasFolds: Bool { allRows.contains { $0.latest.fold != nil } }

  /// What the scores of rows with folds are of, and how many there are; nil where no row pools folds.
  var foldNote: String? {
    let sets = rows.flatMap(\.foldSets)
    guard !sets.isEmpty else { return nil }
    let counts = Set(sets.map(\.count)).sorted().map(String.init).joined(separator: " or ")
    let parts = Set(sets.flatMap(\.runs).compactMap(\.foldedPart))
    let pooled = ScoreName.Part.allCases.filter {
      parts.contains($0 == .test ? .test : .validation)
    }
    let others = ScoreName.Part.allCases.filter { !pooled.contains($0) }
      .filter { part in options.shownMetrics.contains { $0.part == part } }
    func names(_ parts: [ScoreName.Part]) -> String {
      parts.map { $0.prefix + "…" }.joined(separator: " and ")
    }
    let seeds = Set(rows.map(\.scoreCount)).sorted().map(String.init).joined(separator: " or ")
    let sentences = [
      pooled.isEmpty
        ? nil
        : "\(names(pooled)): cross-validated, one score for each seed, of its predictions on all "
          + "\(counts) folds together"
          + (pooled.count > 1
            ? " where each fold has other such images, else the mean over them" : ""),
      others.isEmpty
        ? nil : "\(names(others)): one score for each seed, the mean over its \(counts) folds",
      meanOverFoldsNote,
    ]
    return sentences.compactMap(\.self).joined(separator: "; ") + " (seeds: \(seeds))"
  }

  /// The shown scores that are means over folds for want of recorded predictions; nil if there are none.
  private var meanOverFoldsNote: String? {
    func unpooled(_ score: ScoreName) -> [ComparisonRow] {
      rows.filter { $0.isMeanOverFolds(score) }
    }
    let scores = options.shownMetrics.filter { !unpooled($0).isEmpty }
    guard let first = scores.first else { return nil }
    let labels = unpooled(first).map(\.label)
    let isOfAll = labels.count == rows.count { !$0.foldSets.isEmpty }
    return scores.map(\.rawValue).joined(separator: ", ") + ": the mean over the folds"
      + (isOfAll ? "" : " of \(Self.shortened(labels))")
      + ", since runs record predictions for their test images where there are some"
  }
}
