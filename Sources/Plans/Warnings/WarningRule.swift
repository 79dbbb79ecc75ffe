import Datasets
import Diagnostics
import Learning

/// A rule that finds settings which are no mistake for certain, but cannot do what they are for.
protocol WarningRule: Sendable {
  /// Warns of what it finds in `plan`.
  static func check(_ plan: CheckedPlan, _ diagnostics: inout Diagnostics)
}

/// What rules look at: the sections of a spec, and what is known of the data and the network by then.
struct CheckedPlan {
  let sections: SpecSections
  /// The facts about the data; nil if the section has mistakes.
  var data: DatasetSummary?
  /// The numbers of images in each part; nil if there is no such split.
  var split: SplitCounts?
  /// The network; nil if it cannot be built.
  var layers: LayerGraph?

  /// The length of training; nil where that is not known.
  var length: TrainingLength? {
    guard let training = sections.training, let split else { return nil }
    return training.length(imageCount: split.training)
  }
}

/// Every rule, in the order of the sections that they look at.
package enum WarningRules {
  static let all: [any WarningRule.Type] = [
    MissingValidationClass.self, ConfusedDigits.self, SlowStatistics.self, FastStatistics.self,
    SingleImageBatch.self, RepeatedBalance.self, ExtremeLearningRate.self, UnreachedSchedule.self,
    LargeBatch.self, RepeatedCallback.self, IdleCallback.self, ReversedMode.self, LatePlateau.self,
    HighLeastRate.self,
  ]

  /// Their types' names.
  package static var names: [String] { all.map { "\($0)" } }

  /// Warns of what any of the rules finds in `plan`.
  static func check(_ plan: CheckedPlan, _ diagnostics: inout Diagnostics) {
    for rule in all { rule.check(plan, &diagnostics) }
  }
}
