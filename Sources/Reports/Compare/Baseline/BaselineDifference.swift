import Metrics

/// How far a row's score is from the baseline's, and whether that may be luck.
package struct BaselineDifference: Sendable, Hashable {
  /// What is compared.
  package let score: ScoreName
  /// The row's mean minus the baseline's, with its 95 % interval.
  ///
  /// Paired by seed where at least two seeds are common (then only those count), else Welch's.
  package let difference: MeanDifference
  /// Whether all values of both are in pairs.
  let isComplete: Bool
  /// Whether runs without pairs are compared that differ in more than what they are grouped by.
  let isMixed: Bool
  /// The p-value after Holm's correction over the rows; nil where it cannot be told, as without any spread.
  package internal(set) var pValue: Double?
  /// How many rows that correction is over.
  package internal(set) var comparisons = 1

  /// A difference less probable than this without a cause is called more than luck.
  static let significance = 0.05

  /// What the numbers say.
  enum Verdict {
    /// More than luck.
    case better, worse
    /// Luck is enough to explain it.
    case undecided
    /// No spread, no difference.
    case same
    /// A difference, but no spread to measure it by.
    case withoutSpread
    /// No pairs, and no samples of one thing either: they differ in more than what they are grouped by.
    case mixed
    /// A single value on one side.
    case tooFewSeeds
  }

  /// What the numbers say.
  var verdict: Verdict {
    if isMixed { return .mixed }
    guard let interval = difference.interval else { return .tooFewSeeds }
    // What is left of equal differences after rounding is no spread.
    if interval.upperBound - interval.lowerBound <= 1e-9 * abs(difference.mean) {
      return difference.mean == 0 ? .same : .withoutSpread
    }
    guard let pValue, pValue < Self.significance else { return .undecided }
    return gain > 0 ? .better : .worse
  }

  /// The p-value of this row alone; nil where it would say what it cannot know.
  var uncorrected: Double? {
    [.withoutSpread, .mixed].contains(verdict) ? nil : difference.pValue
  }

  /// The difference, positive where the row is better.
  var gain: Double { score.higherIsBetter ? difference.mean : -difference.mean }
}

extension BaselineDifference {
  /// The difference of `score` between `row` and `baseline`; nil where one has no value.
  init?(_ score: ScoreName, of row: PairedRuns, and baseline: PairedRuns) {
    let pairs = row.pairs(with: baseline).compactMap { own, other in
      if let own = own.results?.value(of: score), let other = other.results?.value(of: score) {
        (own, other)
      } else {
        nil
      }
    }
    func values(_ runs: PairedRuns) -> [Double] {
      runs.all.compactMap { $0.results?.value(of: score) }
    }
    let (own, others) = (values(row), values(baseline))
    guard
      let difference = pairs.count > 1
        ? MeanDifference(paired: pairs) : MeanDifference(independent: own, others)
    else { return nil }
    (self.score, self.difference) = (score, difference)
    isComplete = pairs.count == own.count && pairs.count == others.count
    isMixed = !difference.isPaired && !row.agrees(with: baseline)
    pValue = uncorrected
  }
}
