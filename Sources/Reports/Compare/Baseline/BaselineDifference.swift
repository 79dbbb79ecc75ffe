import Metrics

/// The difference of a row's score from the baseline's, with the evidence that it is more than luck.
package struct BaselineDifference: Sendable, Hashable {
  /// The score compared.
  package let score: ScoreName
  /// The row's score minus the baseline's, as a table shows it and gates judge it.
  ///
  /// Of folds it is the difference of the scores of all folds together, over the common seeds where there are some; else
  /// the mean that is tested.
  package let shown: Double
  /// The mean difference that is tested, with its 95 % interval; nil where there is no test, as of a score that is
  /// undefined in a fold.
  ///
  /// Of folds it is the mean of the folds' own differences, which may even have another sign than the one shown; else
  /// paired by seed where at least two seeds are common (then only those count), else Welch's.
  package let tested: MeanDifference?
  /// True if all values of both rows are in pairs.
  let isComplete: Bool
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
    /// The folds' own differences are more than luck, but the one of all folds together is none, or has another sign.
    case contradictory
    /// No spread, no difference.
    case same
    /// A difference, but no spread to measure it by.
    case withoutSpread
    /// Neither pairs nor samples of the same experiment: the runs differ in more than the value by which they are
    /// grouped.
    case mixed
    /// A single value on one side.
    case tooFewSeeds
    /// Undefined in some folds by themselves.
    case undefinedInFolds
  }

  /// The conclusion from the numbers.
  var verdict: Verdict {
    if isMixed { return .mixed }
    guard let tested else { return .undefinedInFolds }
    guard let interval = tested.interval else { return .tooFewSeeds }
    // A spread this small is rounding error of equal differences.
    if interval.upperBound - interval.lowerBound <= 1e-9 * abs(tested.mean) {
      return tested.mean == 0 ? .same : .withoutSpread
    }
    guard let pValue, pValue < Self.significance else { return .undecided }
    // So is a difference of all folds together that is this small.
    guard shown / tested.mean > 1e-9 else { return .contradictory }
    return gain > 0 ? .better : .worse
  }

  /// The p-value of this row alone; nil if the verdict does not allow one.
  var uncorrected: Double? {
    [.withoutSpread, .mixed].contains(verdict) ? nil : tested?.pValue
  }

  /// The name of the test in files; nil where there is none.
  var testName: String? {
    tested.map { foldTest != nil ? "corrected_resampled_t" : $0.isPaired ? "paired_t" : "welch_t" }
  }

  /// True if it is tested by folds.
  var isByFolds: Bool { foldTest != nil && tested != nil }

  /// The difference shown, positive where the row is better.
  var gain: Double { gain(shown) }

  /// This difference, positive where the row is better.
  func gain(_ difference: Double) -> Double { score.higherIsBetter ? difference : -difference }
}

extension BaselineDifference {
  /// The difference of `score` between `row` and `baseline`; nil where one has no value.
  init?(_ score: ScoreName, of row: PairedRuns, and baseline: PairedRuns) {
    self.score = score
    foldTest = FoldTest(score, of: row, and: baseline)
    if let foldTest {
      guard let shown = Self.ofAllFolds(score, row, baseline) else { return nil }
      self.shown = shown
      tested = if case .difference(let found) = foldTest.outcome { found } else { nil }
      isComplete = foldTest.isComplete
      isMixed = false
      pValue = uncorrected
      return
    }
    let pairs = row.runs.pairs(with: baseline.runs).compactMap { own, other in
      if let own = own.results?.value(of: score), let other = other.results?.value(of: score) {
        (own, other)
      } else {
        nil
      }
    }
    func values(_ runs: PairedRuns) -> [Double] {
      runs.runs.all.compactMap { $0.results?.value(of: score) }
    }
    let (own, others) = (values(row), values(baseline))
    guard
      let difference = pairs.count > 1
        ? MeanDifference(paired: pairs) : MeanDifference(independent: own, others)
    else { return nil }
    shown = difference.mean
    tested = difference
    isComplete = pairs.count == own.count && pairs.count == others.count
    isMixed = !difference.isPaired && !row.runs.agrees(with: baseline.runs)
    pValue = uncorrected
  }

  /// The difference of the scores of all folds together: its mean over pairs of sets of folds, or, where there are none,
  /// the difference of the means over the sets of each row. Nil where one of these scores is unknown.
  private static func ofAllFolds(
    _ score: ScoreName, _ row: PairedRuns, _ baseline: PairedRuns
  ) -> Double? {
    func mean(_ sets: [FoldSet]) -> Double? {
      let values = sets.compactMap { $0.value(on: score.part, score.metric.value) }
      return values.count == sets.count ? SampleStatistics(values)?.mean : nil
    }
    let pairs = row.pairsOfFolds(with: baseline)
    let (own, others) =
      pairs.isEmpty
      ? (row.foldSets.all, baseline.foldSets.all) : (pairs.map(\.0), pairs.map(\.1))
    guard let mine = mean(own), let theirs = mean(others) else { return nil }
    return mine - theirs
  }
}
