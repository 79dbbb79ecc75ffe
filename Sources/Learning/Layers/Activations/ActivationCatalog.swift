import Specs

/// Every function that `activation:` may name; each is a layer of its own too.
public enum ActivationCatalog: Catalog {
  public typealias Member = any LayerSpec
  public static let noun = "activation"
  public static let all: [any Spec.Type] = [ReLU.self, Tanh.self, Sigmoid.self, Softmax.self]
}
