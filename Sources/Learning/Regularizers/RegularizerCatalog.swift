import Specs

/// Every regularizer that a spec may name.
package enum RegularizerCatalog: Catalog {
  package typealias Member = any RegularizerSpec
  package static let noun = "regularizer"
  package static let all: [any Spec.Type] = [L1.self, L2.self, L1L2.self]
}
