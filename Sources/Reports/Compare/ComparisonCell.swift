import Documents
import Metrics
import TextLayout

/// The content of a row in one column.
enum ComparisonCell {
  case missing
  case text(String)
  /// A value of the spec.
  case value(PlainValue)
  case count(Int)
  /// A number that is not a count, and so is not grouped by thousands.
  case seed(Int)
  /// A single number, and the digits behind its point.
  case number(Double, digits: Int)
  /// Mean and spread over runs, of values in a range; `showsSpread` is true if the spread is shown.
  case sample(SampleStatistics, ValueRange, digits: Int, showsSpread: Bool)
  case interval(ClosedRange<Double>, digits: Int)
  /// Mean and spread over folds.
  case folds(SampleStatistics, digits: Int)
  case difference(BaselineDifference, digits: Int)
  case probability(Double)

  /// The text in a table. With `isPadded` a mean without deviation is aligned with those that have one.
  func text(isPadded: Bool) -> String {
    switch self {
    case .missing: "–"
    case .text(let text): text
    case .value(let value): value.inTable
    case .count(let count): count.grouped
    case .seed(let seed): "\(seed)"
    case .number(let number, let digits): number.fixed(digits)
    case .sample(let sample, _, 0, showsSpread: false): Int(sample.mean.rounded()).grouped
    case .sample(let sample, _, let digits, let showsSpread):
      sample.mean.fixed(digits)
        + (showsSpread
          ? sample.standardDeviation.map { " ± " + $0.fixed(digits) }
            ?? (isPadded ? "".padded(to: 5 + (digits > 0 ? digits : -1)) : "") : "")
    case .interval(let interval, let digits):
      interval.lowerBound.fixed(digits) + " to " + interval.upperBound.fixed(digits)
    case .folds(let sample, let digits):
      sample.mean.fixed(digits)
        + (sample.standardDeviation.map { " ± " + $0.fixed(digits) } ?? "")
    case .difference(let difference, let digits): difference.mean.signed(digits)
    case .probability(let value): value.asProbability()
    }
  }
}

extension Comparison {
  /// The content of `row` in `column`.
  func cell(_ column: ComparisonColumn, of row: ComparisonRow) -> ComparisonCell {
    let digits = options.digits
    func sample(
      _ statistics: SampleStatistics?, _ digits: Int, _ range: ValueRange = .nonNegative,
      spread: Bool = false
    ) -> ComparisonCell {
      guard let statistics else { return .missing }
      return options.grouping == .runs
        ? .number(statistics.mean, digits: digits)
        : .sample(statistics, range, digits: digits, showsSpread: spread)
    }
    switch column {
    case .experiment, .group: return .text(row.name)
    case .seed: return .seed(row.latest.seed)
    case .fold: return row.latest.fold.map { .seed($0.index) } ?? .missing
    case .className: return .text(row.classIndex.map { row.data.classNames[$0] } ?? "")
    case .specs: return .count(row.specHashes.count)
    case .runs: return .text(row.completion)
    case .value(let key):
      return values.value(at: key, in: row.specHash).map { .value($0) } ?? .missing
    case .score(let score): return sample(row.statistics(score), digits, score.range, spread: true)
    case .interval(let score):
      return row.statistics(score)?.confidenceInterval(of: score.range).map {
        .interval($0, digits: digits)
      }
        ?? .missing
    case .byFold(let score):
      return row.statisticsByFold(score).map { .folds($0, digits: digits) } ?? .missing
    case .difference(let score):
      return row.differences[score].map { .difference($0, digits: digits) } ?? .missing
    case .probability(let score):
      return row.differences[score]?.pValue.map { .probability($0) } ?? .missing
    case .classScore(let score):
      return sample(row.statistics(score), digits, .unitInterval, spread: true)
    case .support(let part):
      let supports = row.values(on: part) { row.classScores($0).map { Double($0.support) } }
      guard let support = supports.first else { return .missing }
      return .count(Int(support))
    case .parameters:
      let counts = Set(row.counted.map(\.parameterCount))
      return counts.count > 1
        ? sample(row.meanParameterCount, 0) : .count(row.latest.parameterCount)
    case .epochs: return sample(row.statistics { Double($0.epochs) }, 1)
    case .trainSeconds: return sample(row.statistics(\.trainSeconds), 1)
    case .path: return .text(row.latest.folder.path)
    }
  }
}

extension ComparisonRow {
  /// Mean and spread of a score of the row's class.
  func statistics(_ score: ClassScoreName) -> SampleStatistics? {
    SampleStatistics(
      self.values(on: score.part) { classScores($0).map(score.metric.value) })
  }

  /// The scores of the row's class; nil if `scores` has none.
  fileprivate func classScores(_ scores: Scores?) -> ClassScores? {
    guard let scores, let classIndex, scores.perClass.indices.contains(classIndex) else {
      return nil
    }
    return scores.perClass[classIndex]
  }

  /// Mean and spread over runs of different networks.
  fileprivate var meanParameterCount: SampleStatistics? {
    SampleStatistics(self.counted.map { Double($0.parameterCount) })
  }
}
