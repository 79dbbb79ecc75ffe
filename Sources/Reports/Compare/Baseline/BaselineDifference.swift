import Metrics

/// The difference of a row's score from the baseline's, with the evidence that it is more than luck.
package struct BaselineDifference: Sendable, Hashable {
  /// The score compared.
  package let score: ScoreName
  /// The row's mean minus the baseline's, with its 95 % interval.
  ///
  /// By folds where both rows have the same; else paired by seed where at least two seeds are common (then only those
  /// count), else Welch's.
  package let difference: MeanDifference
  /// True if all values of both rows are in pairs.
  let isComplete: Bool
  /// The difference of the scores that the rows show, which are of all folds together; nil where there are no folds.
  /// `difference` is then the mean of the folds' own, of which the test is, and may even have another sign.
  package internal(set) var pooled: Double?
  /// The test of folds; nil where there are none.
  let foldTest: FoldTest?
  /// True if runs without pairs are compared that differ in more than the value by which they are grouped.
  let isMixed: Bool
  /// The p-value after Holm's correction over the rows; nil if it is unknown, as without any spread.
  package internal(set) var pValue: Double?
  /// The number of rows that the correction is over.
  package internal(set) var comparisons = 1

  /// The significance level: a difference with a smaller p-value is called more than luck.
  static let significance = 0.05

  /// The conclusions that the numbers allow.
  enum Verdict {
    /// More than luck.
    case better, worse
    /// Luck is a sufficient explanation.
    case undecided
    /// No spread, no difference.
    case same
    /// A difference, but no spread to measure it by.
    case withoutSpread
    /// Neither pairs nor samples of the same experiment: the runs differ in more than the value by which they are
    /// grouped.
    case mixed
    /// A single value on one side.
    case tooFewSeeds
  }

  /// The conclusion from the numbers.
  var verdict: Verdict {
    if isMixed { return .mixed }
    guard let interval = difference.interval else { return .tooFewSeeds }
    // A spread this small is rounding error of equal differences.
    if interval.upperBound - interval.lowerBound <= 1e-9 * abs(difference.mean) {
      return difference.mean == 0 ? .same : .withoutSpread
    }
    guard let pValue, pValue < Self.significance, mean.sign == difference.mean.sign else {
      return .undecided
    }
    return gain > 0 ? .better : .worse
  }

  /// The p-value of this row alone; nil if the verdict does not allow one.
  var uncorrected: Double? {
    [.withoutSpread, .mixed].contains(verdict) ? nil : difference.pValue
  }

  /// The name of the test in files.
  var testName: String {
    foldTest != nil ? "corrected_resampled_t" : difference.isPaired ? "paired_t" : "welch_t"
  }

  /// The row's score minus the baseline's, as they are shown.
  package var mean: Double { pooled ?? difference.mean }

  /// The same, positive where the row is better.
  var gain: Double { score.higherIsBetter ? mean : -mean }
}

extension BaselineDifference {
  /// The difference of `score` between `row` and `baseline`; nil where one has no value.
  init?(_ score: ScoreName, of row: PairedRuns, and baseline: PairedRuns) {
    if let (test, difference) = FoldTest.make(score, of: row, and: baseline) {
      self.score = score
      self.difference = difference
      foldTest = test
      let common = row.pairs(with: baseline).count
      isComplete =
        test.seedCount == nil || (common == row.all.count && common == baseline.all.count)
      isMixed = false
      pValue = uncorrected
      return
    }
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
    self.score = score
    self.difference = difference
    foldTest = nil
    isComplete = pairs.count == own.count && pairs.count == others.count
    isMixed = !difference.isPaired && !row.agrees(with: baseline)
    pValue = uncorrected
  }
}
