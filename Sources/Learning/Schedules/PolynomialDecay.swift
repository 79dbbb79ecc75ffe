import Glibc
import Specs
import Tensors

/// A learning rate that falls along a power, in a line by default.
///
///     (initial - end) · (1 - step ÷ decay_steps)^power + end
///
/// With `cycle`, once the end is reached, it rises again: decay_steps is doubled, tripled and so on.
package struct PolynomialDecay: ScheduleSpec {
  package static let type = "polynomial_decay"
  package static let summary = "Lowers the learning rate along a power, in a line by default."
  package static let source: String? = "Keras's PolynomialDecay"
  package static let otherNames = ["PolynomialLR", "LinearLR", "linear_decay"]

  @Field("The learning rate at the start.", example: "0.001", .greaterThan(0)) package
    var initialLearningRate: Double
  @Field(
    "Length of the fall, in steps, or epochs as in '5 epochs'; by default all of training.",
    .greaterThan(0))
  package var decaySteps: StepCount?
  @Field("The learning rate at the end.", .atLeast(0)) package var endLearningRate = 0.0001
  @Field("The power; 1 makes a line.", .greaterThan(0)) package var power = 1.0
  @Field("Whether it rises again after the end.") package var cycle = false
  package var warmup = Warmup()

  package init() {}

  package var stated: [StatedRate] { [StatedRate($initialLearningRate)] }

  package func points(in length: TrainingLength) -> [SchedulePoint] {
    end("decay_steps", decaySteps, at: $decaySteps.location, in: length)
  }

  package func callAsFunction(_ step: Int, in length: TrainingLength) -> StepRates {
    let period = Double(max(1, decaySteps?.steps(in: length) ?? length.steps))
    let periods = Double(step) / period
    let fraction = cycle ? periods / max(1, periods.rounded(.up)) : min(periods, 1)
    return StepRates(
      learningRate: (initialLearningRate - endLearningRate) * pow(1 - fraction, power)
        + endLearningRate)
  }
}
