import Specs
import Tensors

/// How parameters are changed, as a spec declares it.
public protocol OptimizerSpec: Spec {
  /// Size of a step.
  var learningRate: Double { get }
  /// The rule that backends apply to every parameter.
  var updateRule: any UpdateRule { get }
}

/// Every optimizer that a spec may name.
public enum OptimizerCatalog: Catalog {
  public typealias Member = any OptimizerSpec
  public static let noun = "optimizer"
  public static let all: [any Spec.Type] = [SGD.self, Adam.self]
}
