import Diagnostics
import Glibc
import Specs

/// Numbers of a range, each order of magnitude as likely as the others: for learning rates.
package struct LogUniform: DistributionSpec {
  package static let type = "log_uniform"
  package static let summary =
    "Numbers of a range, each order of magnitude as likely as the others."
  package static let source: String? = "SciPy's loguniform"
  package static let otherNames = ["log_uniform_values"]

  @Field("The least number.", example: "0.0001", .greaterThan(0)) package var min: Double
  @Field("The largest number.", example: "0.1", .greaterThan(0)) package var max: Double

  package init() {}

  package var minLocation: Location? { $min.location }

  package func text(at fraction: Double) -> String {
    exp(log(min) + fraction * (log(max) - log(min))).inSixDigits
  }
}
