import Diagnostics
import Specs

/// Whole numbers of a range, both ends included, each as likely as the others.
package struct IntUniform: DistributionSpec {
  package static let type = "int_uniform"
  package static let summary = "Whole numbers of a range, each as likely as the others."
  package static let source: String? = "SciPy's randint, but with both ends"
  package static let otherNames = ["int", "randint"]

  @Field("The least number.", key: "min", example: "8", .range(-1_000_000_000...1_000_000_000))
  package var least: Int
  @Field("The largest number.", key: "max", example: "64", .range(-1_000_000_000...1_000_000_000))
  package var largest: Int

  package init() {}

  package var minLocation: Location? { $least.location }

  package var min: Double { Double(least) }
  package var max: Double { Double(largest) }

  package func text(at fraction: Double) -> String {
    "\(least + Int(fraction * Double(largest - least + 1)))"
  }
}
