import Diagnostics
import Specs
import Tensors

/// A loss that training minimizes, as a spec declares it.
package protocol LossSpec: Spec {
  /// The settings by which an image's targets are changed first.
  var settings: TargetSettings { get }
  /// The function of each image's probabilities and its changed targets.
  var plainFunction: any LossFunction { get }
  /// What the network has to end in; by default a softmax.
  var output: NetworkOutput { get }
}

extension LossSpec {
  package static var otherKeys: OtherNames {
    [
      "class_weight": [
        "class_weights", "weight", "weights", "pos_weight", "class_balanced", "balanced",
      ],
      "label_smoothing": ["smooth"],
    ]
  }

  package static var foreignKeys: [String: String] {
    [
      "from_logits": "a softmax or sigmoid before the loss is always fused into it",
      "positive_class": "of two classes the second is the positive one, which 'exp check' names",
    ]
  }

  package var output: NetworkOutput { .softmax }

  /// The function of each image's probabilities and its targets.
  package var function: any LossFunction { settings.applied(to: plainFunction) }
}

/// Every loss that a spec may name.
package enum LossCatalog: Catalog {
  package typealias Member = any LossSpec
  package static let noun = "loss"
  package static let all: [any Spec.Type] = [
    CategoricalCrossentropy.self, BinaryCrossentropy.self, CategoricalFocalCrossentropy.self,
    MeanSquaredError.self,
  ]
}
