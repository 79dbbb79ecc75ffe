import Specs

/// Every initializer that a spec may name.
package enum InitializerCatalog: Catalog {
  package typealias Member = any InitializerSpec
  package static let noun = "initializer"
  package static let all: [any Spec.Type] = [
    GlorotUniform.self, GlorotNormal.self, HeUniform.self, HeNormal.self, LecunUniform.self,
    LecunNormal.self, Orthogonal.self, Zeros.self, Ones.self, ConstantValue.self,
  ]
}
