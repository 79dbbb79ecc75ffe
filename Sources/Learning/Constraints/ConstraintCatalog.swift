import Specs

/// Every constraint that a spec may name.
package enum ConstraintCatalog: Catalog {
  package typealias Member = any ConstraintSpec
  package static let noun = "constraint"
  package static var foreignNames: [String: String] {
    let later = "exp does not have this yet"
    return ["unit_norm": later, "min_max_norm": later]
  }
  package static let all: [any Spec.Type] = [MaxNorm.self, NonNeg.self]
}
