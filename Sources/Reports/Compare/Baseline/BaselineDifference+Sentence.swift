import Metrics
import TextLayout

extension BaselineDifference {
  /// The difference in plain words: `a is better than b by 0.0034 (95 % interval …): more than luck`.
  ///
  /// `pair` is the word for a pair of runs: "seed", or, if rows hold several specs, "run".
  func sentence(
    _ row: String, baseline: String, digits: Int, pair: String = "seed"
  ) -> String {
    let pair = foldTest == nil ? pair : "fold"
    let scope = scope(pair)
    let amount = abs(gain).fixed(digits)
    let isWorse = gain < 0
    let comparison = "\(row) is \(isWorse ? "worse" : "better") than \(baseline) by \(amount)"
    switch verdict {
    case .better, .worse:
      return
        "\(comparison) (95 % interval \(interval(digits)), \(scope)\(probability)): more than luck"
    case .undecided:
      return
        "\(row): no difference beyond luck could be shown (\(scope)\(probability)); the interval "
        + "\(signedInterval(digits))\(isWithoutZero ? ", of this comparison alone," : "") says how large one "
        + "might be"
    case .mixed:
      return
        "\(comparison) on average (\(scope)), but their runs differ in other values, too, so that no test can "
        + "tell why"
    case .same:
      return
        "\(row) and \(baseline) are the same in every \(difference.isPaired ? pair : "run") (\(scope))"
    case .withoutSpread:
      return difference.isPaired
        ? "\(comparison) in every \(pair) alike (\(scope)); without any spread no test can tell luck"
        : "\(comparison) (\(scope)); without any spread over seeds no test can tell luck"
    case .tooFewSeeds:
      let found = gain == 0 ? "\(row) and \(baseline) are the same" : comparison
      return "\(found), with too few seeds to tell: run more with --seeds 0-4"
    }
  }

  /// The extent of the comparison: `paired over 5 seeds`.
  func scope(_ pair: String) -> String {
    if let foldTest {
      let seeds =
        switch foldTest.seedCount {
        case let count? where !isComplete:
          ", each over the \(counted(count, "common \(pair == "run" ? "pair" : "seed")"))"
        case 1?: ""
        case let count?: ", each the mean of \(count) \(pair == "run" ? "pairs" : "seeds")"
        case nil: ", each with the means over its own seeds"
        }
      return "corrected resampled t-test over \(foldTest.foldCount) folds\(seeds)"
    }
    guard difference.isPaired else { return "unpaired, \(difference.count) runs" }
    return isComplete
      ? "paired over \(difference.count) \(pair)s"
      : "paired over the \(difference.count) common \(pair)s"
  }

  /// True if the interval of this row alone excludes zero.
  private var isWithoutZero: Bool { difference.interval.map { !$0.contains(0) } ?? false }

  /// `; p = 0.002 after Holm's correction over 3 comparisons`
  private var probability: String {
    guard let pValue else { return "" }
    let correction =
      comparisons > 1 ? " after Holm's correction over \(comparisons) comparisons" : ""
    return "; p \(pValue.asProbability(isEquation: true))\(correction)"
  }

  /// The interval of the amount by which the row is better, or worse.
  private func interval(_ digits: Int) -> String {
    guard let interval = difference.interval else { return "" }
    let bounds = [interval.lowerBound, interval.upperBound]
    let isTurned = mean < 0
    let turned = isTurned ? bounds.reversed().map { -$0 } : bounds
    return turned.map { $0.fixed(digits) }.joined(separator: " to ")
  }

  /// The interval of the row's score minus the baseline's.
  private func signedInterval(_ digits: Int) -> String {
    guard let interval = difference.interval else { return "" }
    return interval.lowerBound.signed(digits) + " to " + interval.upperBound.signed(digits)
  }
}

extension Double {
  /// The probability as text: `0.032`, `<0.001`; as the end of an equation `= 0.032`, `< 0.001`.
  func asProbability(isEquation: Bool = false) -> String {
    self < 0.001
      ? (isEquation ? "< 0.001" : "<0.001") : (isEquation ? "= " : "") + fixed(3)
  }

  /// This number with its sign: `+0.0034`.
  func signed(_ digits: Int) -> String {
    let text = magnitude.fixed(digits)
    return text.allSatisfy { "0.".contains($0) } ? text : (self < 0 ? "-" : "+") + text
  }
}
