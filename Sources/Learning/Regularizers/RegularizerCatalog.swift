import Specs

/// Every regularizer that a spec may name.
public enum RegularizerCatalog: Catalog {
  public typealias Member = any RegularizerSpec
  public static let noun = "regularizer"
  public static let all: [any Spec.Type] = [L1.self, L2.self, L1L2.self]
}
