import Specs

/// Every function that `activation:` may name; each is a layer of its own too.
package enum ActivationCatalog: Catalog {
  package typealias Member = any LayerSpec
  package static let noun = "activation"
  package static var foreignNames: [String: String] {
    let later = "exp does not have this yet"
    return [
      "linear": "leave it out: without an activation the result stays as it is",
      "relu6": later, "hard_sigmoid": later, "mish": later,
    ]
  }
  package static let all: [any Spec.Type] = [
    ReLU.self, LeakyReLU.self, PReLU.self, ELU.self, SELU.self, GELU.self, SiLU.self,
    HardSwish.self, Softplus.self, Tanh.self, Sigmoid.self, Softmax.self,
  ]
}
