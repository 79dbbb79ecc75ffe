import Specs
import Tensors

/// What training minimizes, as a spec declares it.
package protocol LossSpec: Spec {
  /// What is made of an image's targets first.
  var settings: TargetSettings { get }
  /// What is computed of each image's probabilities and the targets made.
  var plainFunction: any LossFunction { get }
}

extension LossSpec {
  /// What is computed of each image's probabilities and targets.
  package var function: any LossFunction { settings.applied(to: plainFunction) }
}

/// Every loss that a spec may name.
package enum LossCatalog: Catalog {
  package typealias Member = any LossSpec
  package static let noun = "loss"
  package static let all: [any Spec.Type] = [
    CategoricalCrossentropy.self, CategoricalFocalCrossentropy.self, MeanSquaredError.self,
  ]
}
