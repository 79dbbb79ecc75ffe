import Metrics
import Records

/// The images, loss function, folds and experiments behind a score: only scores of the same measure can be ranked.
struct Measure: Hashable {
  /// The images that are scored; where there are folds, those of each.
  let images: Set<Manifest.DataSummary.Images>
  /// The function that a loss is; nil for other scores, which are the same everywhere.
  let loss: ReportedLoss?
  /// True if it is the mean over folds, where others are of all folds' predictions together.
  let isMeanOverFolds: Bool
  /// The experiments that a mean is over; nil where rows are of different ones on purpose.
  let experiments: Set<String>?
}

extension ComparisonRow {
  /// The measure of `score` in this row; nil if its runs have several, whose numbers have no mean.
  func measure(of score: ScoreName) -> Measure? {
    let isLoss = score.metric == .loss
    guard !isLoss || losses.count < 2 else { return nil }
    return Measure(
      images: self.images(of: score.part), loss: isLoss ? losses.first : nil,
      isMeanOverFolds: isMeanOverFolds(score), experiments: experiments)
  }

  /// The reason why `score` measures something else in this row than in `other`; nil if it does not.
  func obstacle(to other: ComparisonRow, by score: ScoreName) -> String? {
    if let obstacle = obstacleOfFolds(to: other) { return obstacle }
    guard self.images(of: score.part) == other.images(of: score.part) else {
      return "its \(score.part.images) are not those of \(other.label)"
    }
    if isMeanOverFolds(score) != other.isMeanOverFolds(score) {
      let (mean, pooled) = isMeanOverFolds(score) ? (self, other) : (other, self)
      return
        "\(score.rawValue) is the mean over the folds of \(mean.label), but of all folds of \(pooled.label) together"
    }
    guard score.metric == .loss else { return nil }
    if let several = [self, other].first(where: { $0.losses.count > 1 }) {
      return "losses of \(several.label) are values of several functions"
    }
    guard let own = losses.first, let difference = other.losses.first.flatMap(own.difference)
    else { return nil }
    return "its loss is another function than that of \(other.label) (\(difference))"
  }

  /// True if `score` is the mean over folds, since runs do not record what would make one of all their predictions.
  func isMeanOverFolds(_ score: ScoreName) -> Bool {
    self.foldSets.contains { $0.lacksPredictions(for: score) }
  }

  /// The reason why scores cannot be compared fold by fold with those of `other`; nil if they can, or neither has folds.
  private func obstacleOfFolds(to other: ComparisonRow) -> String? {
    guard !self.foldSets.isEmpty || !other.foldSets.isEmpty else { return nil }
    for row in [self, other] {
      if row.foldSets.isEmpty { return "\(row.label) has no folds" }
      if row.scoreCount == 0 { return "\(row.label) has no seed with all of its folds" }
    }
    let parts: [ScoreName.Part] = [.validation, .test]
    let areSame = parts.allSatisfy { part in
      let (own, others) = (self.images(of: part), other.images(of: part))
      // Where all folds are scored on the same images, these are not the folds.
      return own.count < 2 && others.count < 2 || own == others
    }
    return areSame ? nil : "its folds are not those of \(other.label)"
  }
}
