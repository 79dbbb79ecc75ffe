import Specs
import Tensors

/// What training minimizes, as a spec declares it.
public protocol LossSpec: Spec {
  /// What is computed of each image's probabilities.
  var function: any LossFunction { get }
}

/// Every loss that a spec may name.
public enum LossCatalog: Catalog {
  public typealias Member = any LossSpec
  public static let noun = "loss"
  public static let all: [any Spec.Type] = [CategoricalCrossentropy.self]
}
