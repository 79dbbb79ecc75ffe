import Specs
import Tensors

/// What training minimizes, as a spec declares it.
public protocol LossSpec: Spec {
  /// What the graph computes for it.
  var loss: Graph.Loss { get }
}

/// Every loss that a spec may name.
public enum LossCatalog: Catalog {
  public typealias Member = any LossSpec
  public static let noun = "loss"
  public static let all: [any Spec.Type] = [CategoricalCrossentropy.self]
}
