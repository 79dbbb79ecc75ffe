import Specs

/// Numbers of a range, each as likely as the others.
public struct Uniform: DistributionSpec {
  public static let type = "uniform"
  public static let summary = "Numbers of a range, each as likely as the others."

  @Field("The least number.") public var min: Double
  @Field("The largest number.") public var max: Double

  public init() {}

  public func text(at fraction: Double) -> String { (min + fraction * (max - min)).inSixDigits }
}
