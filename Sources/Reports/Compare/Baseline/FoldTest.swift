import Metrics
import Records

/// The corrected resampled t-test of two rows with the same folds (Nadeau and Bengio, 2003).
struct FoldTest: Hashable, Sendable {
  /// The number of folds, each of which has one difference.
  let foldCount: Int
  /// The number of differences in each fold, one for each common seed, that its own is the mean of; nil if the rows have
  /// no common seed, and the difference is that of means over seeds.
  let seedCount: Int?
  /// The number of images in a fold over that of those left to learn from; of both rows the larger.
  let testRatio: Double

  /// What is said of the test where it was made.
  static let explanation =
    "The networks of two folds learned from mostly the same images, so folds are tested by the corrected resampled "
    + "t-test (Nadeau and Bengio 2003): the variance of the mean difference is the variance between folds times "
    + "(1/folds + images of a fold/images left to train on), not times 1/folds; interval and p are of the mean of the folds' own "
    + "differences, which differs somewhat from that of the scores of all folds together"

  /// The test of `score` between `row` and `baseline`, with the difference that it is about; nil where they do not have
  /// the same folds.
  static func make(
    _ score: ScoreName, of row: PairedRuns, and baseline: PairedRuns
  ) -> (test: FoldTest, difference: MeanDifference)? {
    let (own, others) = (row.byFold, baseline.byFold)
    guard !own.isEmpty, Set(own.keys) == Set(others.keys) else { return nil }
    func mean(_ runs: [RunRecord]) -> Double? {
      SampleStatistics(runs.compactMap { $0.results?.value(of: score) })?.mean
    }
    let pairs = Dictionary(grouping: row.pairs(with: baseline)) { $0.0.fold?.index }
    let arePaired = Set(pairs.keys.compactMap(\.self)) == Set(own.keys)
    let differences = own.keys.sorted().compactMap { fold -> Double? in
      guard arePaired else {
        guard let mine = mean(own[fold] ?? []), let theirs = mean(others[fold] ?? []) else {
          return nil
        }
        return mine - theirs
      }
      return SampleStatistics(
        (pairs[fold] ?? []).compactMap { mine, theirs in
          guard let mine = mine.results?.value(of: score),
            let theirs = theirs.results?.value(of: score)
          else { return nil }
          return mine - theirs
        })?.mean
    }
    guard differences.count == own.count else { return nil }
    let ratio = max(testRatio(row.all), testRatio(baseline.all))
    guard let difference = MeanDifference(folds: differences, testRatio: ratio) else { return nil }
    let test = FoldTest(
      foldCount: own.count, seedCount: arePaired ? pairs.values.map(\.count).min() : nil,
      testRatio: ratio)
    return (test, difference)
  }

  /// The mean ratio of the images in a fold to those that were left to learn from.
  ///
  /// Those that 'limit' leaves out of training count, too: networks of two folds then share no more of what they learned
  /// from. Without them the test would find far too little (`FoldDifferenceTests`).
  private static func testRatio(_ runs: [RunRecord]) -> Double {
    let ratios = runs.compactMap { run -> Double? in
      guard let fold = run.fold, let all = run.data.contents(of: .training)?.count else {
        return nil
      }
      let other = run.data.contents(of: fold.part == .test ? .validation : .test)
      let left = other.map { $0.isHeldOut ? all - $0.count : all } ?? all
      let held =
        switch run.foldedPart {
        case .validation: run.data.validationCount
        case .test: run.data.testCount
        // An evaluation's images have taken the place of the fold's; folds are equal parts of the dataset.
        default: all / fold.count
        }
      return Double(held) / Double(max(1, left - held))
    }
    return SampleStatistics(ratios)?.mean ?? 0
  }
}
