import Glibc
import Specs

/// Numbers of a range, each order of magnitude as likely as the others: for learning rates.
public struct LogUniform: DistributionSpec {
  public static let type = "log_uniform"
  public static let summary = "Numbers of a range, each order of magnitude as likely as the others."
  public static let source: String? = "SciPy's loguniform"

  @Field("The least number.", example: "0.0001", .greaterThan(0)) public var min: Double
  @Field("The largest number.", example: "0.1", .greaterThan(0)) public var max: Double

  public init() {}

  public func text(at fraction: Double) -> String {
    exp(log(min) + fraction * (log(max) - log(min))).inSixDigits
  }
}
