import Diagnostics
import Specs

/// Which training images an epoch has.
package enum Sampling: String, CaseIterable, SpecValue {
  /// Each image once.
  case uniform
  /// As many of each class, in all as many as there are images; see `BalancedDraws`.
  case balanced

  package static var otherValues: OtherNames {
    [
      "uniform": ["random", "shuffled", "random_sampler"],
      "balanced": [
        "oversample", "oversampling", "weighted", "weighted_random_sampler", "class_balanced",
      ],
    ]
  }
}
