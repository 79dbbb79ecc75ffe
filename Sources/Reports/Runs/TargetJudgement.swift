import Metrics
import Records

/// The judgement of runs of one spec by one of its targets: run by run or, where there are folds, by each seed's predictions
/// on all folds together, since one small fold must not decide.
struct TargetJudgement: Sendable {
  /// The score that has a target.
  let name: ScoreName
  /// The least value wanted (for a loss, the largest).
  let wanted: Double
  /// What each completed run has reached or, where there are folds, each seed; nil for a seed that lacks folds.
  private let reached: [TargetResult?]
  /// The number of runs or seeds, completed or not.
  private let count: Int
  private let hasFolds: Bool

  /// The judgements of `runs`, each the only one of its seed and fold, by the targets of the first that is completed.
  static func all(of runs: [RunRecord]) -> [TargetJudgement] {
    let completed = runs.compactMap(\.results)
    let targets = completed.first?.targets ?? []
    let sets = runs.foldSets(
      readsPredictions: targets.contains { $0.name.metric.needsProbabilities })
    return targets.map { target in
      let (name, wanted) = (target.name, target.wanted)
      func result(_ got: Double?) -> TargetResult {
        TargetResult(name: name, wanted: wanted, got: got)
      }
      let ofSeeds = sets.map { set in
        set.isComplete ? result(set.value(on: name.part, name.metric.value)) : nil
      }
      return TargetJudgement(
        name: name, wanted: wanted,
        reached: sets.isEmpty ? completed.map { result($0.value(of: name)) } : ofSeeds,
        count: sets.isEmpty ? runs.count : sets.count, hasFolds: !sets.isEmpty)
    }
  }

  /// True if a completed run, or a seed's folds together, has not reached it, or cannot be judged.
  var isMissed: Bool { reached.contains { $0?.isMet != true } }

  /// Met if all runs or seeds reach it; unknown where it is undefined in all, or no seed has all of its folds.
  var verdict: TargetResult.Verdict {
    if known.isEmpty { return .unknown }
    return metCount == count ? .met : .missed
  }

  /// The reason of the verdict: `2 of 3 runs reach it`.
  var reason: String {
    let judged = reached.compactMap(\.self)
    if judged.isEmpty { return "no seed has all of its folds" }
    if known.isEmpty { return "it is undefined" }
    let undefined = judged.count - known.count
    return "\(metCount) of \(count) \(hasFolds ? "seeds, all folds together," : "runs") reach it"
      + (undefined > 0 ? "; it is undefined in \(undefined)" : "")
  }

  /// The target as a sign and a number: `≥ 0.98`.
  var bound: String { "\(name.higherIsBetter ? "≥" : "≤") \(wanted)" }

  private var known: [TargetResult] { reached.compactMap(\.self).filter { $0.got != nil } }

  private var metCount: Int { known.count(where: \.isMet) }
}
