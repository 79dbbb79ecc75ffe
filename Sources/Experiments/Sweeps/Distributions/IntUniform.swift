import Specs

/// Whole numbers of a range, both ends included, each as likely as the others.
public struct IntUniform: DistributionSpec {
  public static let type = "int_uniform"
  public static let summary = "Whole numbers of a range, each as likely as the others."
  public static let source: String? = "SciPy's randint, but with both ends"

  @Field("The least number.", key: "min", example: "8", .range(-1_000_000_000...1_000_000_000))
  public var least: Int
  @Field("The largest number.", key: "max", example: "64", .range(-1_000_000_000...1_000_000_000))
  public var largest: Int

  public init() {}

  public var min: Double { Double(least) }
  public var max: Double { Double(largest) }

  public func text(at fraction: Double) -> String {
    "\(least + Int(fraction * Double(largest - least + 1)))"
  }
}
