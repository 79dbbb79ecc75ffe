import Diagnostics
import Specs

/// Numbers of a range, each as likely as the others.
package struct Uniform: DistributionSpec {
  package static let type = "uniform"
  package static let summary = "Numbers of a range, each as likely as the others."
  package static let source: String? = "SciPy's uniform"

  @Field("The least number.", example: "0.0001") package var min: Double
  @Field("The largest number.", example: "0.1") package var max: Double

  package init() {}

  package var minLocation: Location? { $min.location }

  package func text(at fraction: Double) -> String { (min + fraction * (max - min)).inSixDigits }
}
