import Metrics
import TextLayout

extension BaselineDifference {
  /// The difference in plain words: `a is better than b by 0.0034 (95 % interval …): more than luck`.
  ///
  /// `pair` is the word for a pair of runs: "seed", or, if rows hold several specs, "run".
  func sentence(
    _ row: String, baseline: String, digits: Int, pair: String = "seed"
  ) -> String {
    let scope = scope(pair)
    let repetition = foldTest != nil ? "fold" : tested?.isPaired == true ? pair : "run"
    func comparison(_ gain: Double) -> String {
      "\(row) is \(gain < 0 ? "worse" : "better") than \(baseline) by \(abs(gain).fixed(digits))"
    }
    switch verdict {
    case .better, .worse:
      return
        "\(comparison(gain)) (95 % interval \(interval(digits)), \(scope)\(probability)): more than luck"
    case .undecided:
      return
        "\(row): no difference beyond luck could be shown (\(scope)\(probability)); the interval "
        + "\(signedInterval(digits))\(isWithoutZero ? ", of this comparison alone," : "") says how large one "
        + "might be"
    case .contradictory:
      return
        "\(row): no difference beyond luck could be shown: the mean of the folds' own is "
        + "\((tested?.mean ?? 0).signed(digits)) (\(scope)\(probability)), that of all folds together "
        + shown.signed(digits)
    case .mixed:
      return
        "\(comparison(gain)) on average (\(scope)), but their runs differ in other values, too, so that no test can "
        + "tell why"
    case .same:
      return
        "\(row) and \(baseline) are the same in every \(repetition) (\(scope))"
    case .withoutSpread:
      let comparison = comparison(gain(tested?.mean ?? shown))
      return tested?.isPaired == true
        ? "\(comparison) in every \(repetition) alike (\(scope)); without any spread no test can tell luck"
        : "\(comparison) (\(scope)); without any spread over seeds no test can tell luck"
    case .tooFewSeeds:
      let found = gain == 0 ? "\(row) and \(baseline) are the same" : comparison(gain)
      return "\(found), with too few seeds to tell: run more with --seeds 0-4"
    case .undefinedInFolds:
      let found =
        gain == 0
        ? "\(row) and \(baseline) are the same in all folds together" : comparison(gain)
      return "\(found), but \(scope)"
    }
  }

  /// The extent of the comparison: `paired over 5 seeds`.
  func scope(_ pair: String) -> String {
    if let foldTest { return foldTest.scope(pair == "run" ? "pair" : pair, score) }
    guard let tested else { return "" }
    guard tested.isPaired else { return "unpaired, \(tested.count) runs" }
    return isComplete
      ? "paired over \(tested.count) \(pair)s" : "paired over the \(tested.count) common \(pair)s"
  }

  /// True if the interval of this row alone excludes zero.
  private var isWithoutZero: Bool { tested?.interval.map { !$0.contains(0) } ?? false }

  /// `; p = 0.002 after Holm's correction over 3 comparisons`
  private var probability: String {
    guard let pValue else { return "" }
    let correction =
      comparisons > 1 ? " after Holm's correction over \(comparisons) comparisons" : ""
    return "; p \(pValue.asProbability(isEquation: true))\(correction)"
  }

  /// The interval of the amount by which the row is better, or worse.
  private func interval(_ digits: Int) -> String {
    guard let interval = tested?.interval else { return "" }
    let bounds = [interval.lowerBound, interval.upperBound]
    let isTurned = shown < 0
    let turned = isTurned ? bounds.reversed().map { -$0 } : bounds
    return turned.map { $0.fixed(digits) }.joined(separator: " to ")
  }

  /// The interval of the row's score minus the baseline's.
  private func signedInterval(_ digits: Int) -> String {
    guard let interval = tested?.interval else { return "" }
    return interval.lowerBound.signed(digits) + " to " + interval.upperBound.signed(digits)
  }
}

extension FoldTest {
  /// The extent of the comparison, the means over so many `pair`s, or why `score` cannot be tested.
  fileprivate func scope(_ pair: String, _ score: ScoreName) -> String {
    let folds =
      "\(foldCount) folds" + (divisionCount > 1 ? " of \(divisionCount) divisions" : "")
    if case .undefined(let numbers) = outcome {
      let most = 8
      let named =
        numbers.prefix(most).map(String.init).joined(separator: ", ")
        + (numbers.count > most ? ", …" : "")
      let places =
        divisionCount > 1 || numbers.count == foldCount
        ? "\(numbers.count) of \(folds)"
        : "\(numbers.count == 1 ? "fold" : "folds") \(named) of \(foldCount)"
      return "\(score.rawValue) is undefined in \(places), each by itself, so that there is no test"
    }
    let seeds =
      switch seedCount {
      case let count? where !isComplete: ", each over the \(counted(count, "common \(pair)"))"
      case 1?: ""
      case let count?: ", each the mean of \(count) \(pair)s"
      case nil: ", each with the means over its own seeds"
      }
    return "corrected resampled t-test over \(folds)\(seeds)"
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
