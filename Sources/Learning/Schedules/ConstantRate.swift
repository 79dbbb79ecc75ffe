import Specs
import Tensors

/// The same learning rate in every step; a number alone is short for it.
public struct ConstantRate: ScheduleSpec {
  public static let type = "constant"
  public static let summary = "The same learning rate in every step."

  @Field("The learning rate.", example: "0.001", .greaterThan(0)) public var learningRate: Double
  public var warmup = Warmup()

  public init() {}

  init(_ learningRate: Double) { self.learningRate = learningRate }

  public var stated: (key: String, rates: [Double]) { ("learning_rate", [learningRate]) }

  public func callAsFunction(_ step: Int, in length: TrainingLength) -> StepRates {
    StepRates(learningRate: learningRate)
  }
}
