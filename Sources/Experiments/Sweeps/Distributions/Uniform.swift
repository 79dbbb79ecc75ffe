import Specs

/// Numbers of a range, each as likely as the others.
public struct Uniform: DistributionSpec {
  public static let type = "uniform"
  public static let summary = "Numbers of a range, each as likely as the others."
  public static let source: String? = "SciPy's uniform"

  @Field("The least number.", example: "0.0001") public var min: Double
  @Field("The largest number.", example: "0.1") public var max: Double

  public init() {}

  public func text(at fraction: Double) -> String { (min + fraction * (max - min)).inSixDigits }
}
