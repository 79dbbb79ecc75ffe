import Specs

/// Every initializer that a spec may name.
public enum InitializerCatalog: Catalog {
  public typealias Member = any InitializerSpec
  public static let noun = "initializer"
  public static let all: [any Spec.Type] = [
    GlorotUniform.self, GlorotNormal.self, HeUniform.self, HeNormal.self, LecunUniform.self,
    LecunNormal.self, Orthogonal.self, Zeros.self, Ones.self, ConstantValue.self,
  ]
}
