import Specs
import Tensors

/// The same learning rate in every step; a number alone is short for it.
package struct ConstantRate: ScheduleSpec {
  package static let type = "constant"
  package static let summary = "The same learning rate in every step."

  @Field("The learning rate.", example: "0.001", .greaterThan(0)) package var learningRate: Double
  package var warmup = Warmup()

  package init() {}

  init(_ learningRate: Double) { self.learningRate = learningRate }

  package var stated: [StatedRate] { [StatedRate($learningRate)] }

  package func callAsFunction(_ step: Int, in length: TrainingLength) -> StepRates {
    StepRates(learningRate: learningRate)
  }
}
