import Metrics
import Records

/// The images, loss function and experiments behind a score: only scores of the same measure can be ranked.
struct Measure: Hashable {
  /// The images that are scored.
  let images: Manifest.DataSummary.Images
  /// The function that a loss is; nil for other scores, which are the same everywhere.
  let loss: ReportedLoss?
  /// The experiments that a mean is over; nil where rows are of different ones on purpose.
  let experiments: Set<String>?
}

extension ComparisonRow {
  /// The measure of `score` in this row; nil if its runs have several, whose numbers have no mean.
  func measure(of score: ScoreName) -> Measure? {
    let isLoss = score.metric == .loss
    guard !isLoss || losses.count < 2 else { return nil }
    return Measure(
      images: self.data.images(of: score.part), loss: isLoss ? losses.first : nil,
      experiments: experiments)
  }

  /// The reason why `score` measures something else in this row than in `other`; nil if it does not.
  func obstacle(to other: ComparisonRow, by score: ScoreName) -> String? {
    guard self.data.hasSameImages(as: other.data, for: score.part) else {
      return "its \(score.part.images) are not those of \(other.label)"
    }
    guard score.metric == .loss else { return nil }
    if let several = [self, other].first(where: { $0.losses.count > 1 }) {
      return "losses of \(several.label) are values of several functions"
    }
    guard let own = losses.first, let difference = other.losses.first.flatMap(own.difference)
    else { return nil }
    return "its loss is another function than that of \(other.label) (\(difference))"
  }
}
