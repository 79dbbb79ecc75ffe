import Specs

/// Every function that `activation:` may name; each is a layer of its own too.
public enum ActivationCatalog: Catalog {
  public typealias Member = any LayerSpec
  public static let noun = "activation"
  public static let all: [any Spec.Type] = [
    ReLU.self, LeakyReLU.self, PReLU.self, ELU.self, SELU.self, GELU.self, SiLU.self,
    HardSwish.self, Softplus.self, Tanh.self, Sigmoid.self, Softmax.self,
  ]
}
