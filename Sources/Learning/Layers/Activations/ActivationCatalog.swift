import Specs

/// Every function that `activation:` may name; each is a layer of its own too.
package enum ActivationCatalog: Catalog {
  package typealias Member = any LayerSpec
  package static let noun = "activation"
  package static let foreignNames = [
    "linear": "leave it out: without an activation the result stays as it is"
  ]
  package static let all: [any Spec.Type] = [
    ReLU.self, ReLU6.self, LeakyReLU.self, PReLU.self, ELU.self, SELU.self, GELU.self, SiLU.self,
    HardSwish.self, Mish.self, Softplus.self, Tanh.self, Sigmoid.self, HardSigmoid.self,
    Softmax.self,
  ]
}
