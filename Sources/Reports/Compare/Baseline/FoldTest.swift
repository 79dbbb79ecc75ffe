import Metrics
import Records

/// The corrected resampled t-test of two rows with the same folds (Nadeau and Bengio, 2003).
///
/// Folds are told by the images that they hold out. Those of several divisions of the same images all count: it is then
/// the corrected repeated k-fold cross-validation test (Bouckaert and Frank, 2004).
struct FoldTest: Hashable, Sendable {
  /// The number of folds of all divisions, each of which has one difference.
  let foldCount: Int
  /// The number of ways in which the images are divided.
  let divisionCount: Int
  /// The number of differences in each fold, one for each common seed, that its own is the mean of; nil if the rows have
  /// no common seed, and the difference is that of means over seeds.
  let seedCount: Int?
  /// True if all sets of folds of both rows are in pairs.
  let isComplete: Bool
  /// The result.
  let outcome: Outcome

  enum Outcome: Hashable, Sendable {
    /// The mean of the folds' differences.
    case difference(MeanDifference)
    /// The score of some fold by itself is undefined, so that nothing can be tested: the numbers of these folds, those of
    /// several divisions one after the other.
    case undefined(folds: [Int])
  }

  /// What is said of the test where it was made.
  static let explanation =
    "The networks of two folds learned from mostly the same images, so folds are tested by the corrected resampled "
    + "t-test (Nadeau and Bengio 2003): the variance of the mean difference is the variance between folds times "
    + "(1/folds + images of a fold/images left to train on), not times 1/folds; interval and p are of the mean of the folds' own "
    + "differences, which differs somewhat from that of the scores of all folds together"

  /// The test of `score` between `row` and `baseline`, which have the same folds; nil where they have none.
  init?(_ score: ScoreName, of row: PairedRuns, and baseline: PairedRuns) {
    let (own, others) = (row.foldSets.all, baseline.foldSets.all)
    guard !own.isEmpty, !others.isEmpty else { return nil }
    let pairs = row.pairsOfFolds(with: baseline)
    let folds =
      pairs.isEmpty
      ? Self.folds(own, others) { $0.results?.value(of: score) }
      : Self.folds(pairs) { $0.results?.value(of: score) }
    foldCount = folds.count
    divisionCount = Set(own.map(\.division)).count
    seedCount = pairs.isEmpty ? nil : folds.map(\.pairCount).min()
    isComplete = pairs.isEmpty || (pairs.count == own.count && pairs.count == others.count)
    let known = folds.compactMap(\.difference)
    let ratio = max(Self.testRatio(own), Self.testRatio(others))
    if known.count == folds.count, let found = MeanDifference(folds: known, testRatio: ratio) {
      outcome = .difference(found)
    } else {
      outcome = .undefined(folds: folds.filter { $0.difference == nil }.map(\.number))
    }
  }

  /// A fold with its difference, nil where a score that belongs to it is undefined, and the number of pairs of runs that
  /// it is the mean of.
  private typealias Fold = (number: Int, difference: Double?, pairCount: Int)

  /// The folds of `pairs` of sets.
  private static func folds(
    _ pairs: [(FoldSet, FoldSet)], _ value: (RunRecord) -> Double?
  ) -> [Fold] {
    let runs = pairs.flatMap { own, other in
      let partners = Dictionary(other.runs.map { ($0.heldOut?.contents, $0) }) { first, _ in first }
      return own.runs.compactMap { run in
        partners[run.heldOut?.contents].map { (own: run, other: $0) }
      }
    }
    return runs.groupedByFold(\.own).map { pairs in
      let differences = pairs.compactMap { own, other -> Double? in
        guard let mine = value(own), let theirs = value(other) else { return nil }
        return mine - theirs
      }
      return (
        pairs[0].own.fold?.index ?? 0, mean(differences, count: pairs.count), pairs.count
      )
    }
  }

  /// The folds of the sets `own`, which those of `others` have, too, but with no pair among them.
  private static func folds(
    _ own: [FoldSet], _ others: [FoldSet], _ value: (RunRecord) -> Double?
  ) -> [Fold] {
    let partners = Dictionary(grouping: others.flatMap(\.runs)) { $0.heldOut?.contents }
    return own.flatMap(\.runs).groupedByFold(\.self).map { runs in
      let other = partners[runs[0].heldOut?.contents] ?? []
      let means = [runs, other].map { mean($0.compactMap(value), count: $0.count) }
      let difference = means[0].flatMap { mine in means[1].map { mine - $0 } }
      return (runs[0].fold?.index ?? 0, difference, runs.count)
    }
  }

  /// The mean of `values`; nil unless there are `count` of them.
  private static func mean(_ values: [Double], count: Int) -> Double? {
    values.count == count ? SampleStatistics(values)?.mean : nil
  }

  /// The mean ratio of the images in a fold to those that were left to learn from.
  ///
  /// Those that 'limit' leaves out of training count, too: networks of two folds then share no more of what they learned
  /// from. Without them the test would find far too little (`FoldDifferenceTests`).
  private static func testRatio(_ sets: [FoldSet]) -> Double {
    let ratios = sets.flatMap(\.runs).compactMap(\.heldOut).map {
      Double($0.contents.count) / Double(max(1, $0.leftCount))
    }
    return SampleStatistics(ratios)?.mean ?? 0
  }
}

extension PairedRuns {
  /// The sets of folds of the same seed, values and division as one of `other`, each with it; empty unless they have all
  /// folds of these rows.
  func pairsOfFolds(with other: PairedRuns) -> [(FoldSet, FoldSet)] {
    let pairs = foldSets.pairs(with: other.foldSets).filter { $0.division == $1.division }
    let found = Set(pairs.map(\.0.division))
    return foldSets.all.allSatisfy { found.contains($0.division) } ? pairs : []
  }
}
