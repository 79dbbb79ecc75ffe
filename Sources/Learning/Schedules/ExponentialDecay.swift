import Glibc
import Specs
import Tensors

/// A learning rate multiplied by the same factor again and again.
///
///     initial · decay_rate^(step ÷ decay_steps)        (the exponent rounded down with `staircase`)
package struct ExponentialDecay: ScheduleSpec {
  package static let type = "exponential_decay"
  package static let summary = "Multiplies the learning rate by the same factor in each period."
  package static let source: String? = "Keras's ExponentialDecay"
  package static let otherNames = ["exponential", "ExponentialLR"]

  @Field("The learning rate at the start.", example: "0.001", .greaterThan(0)) package
    var initialLearningRate: Double
  @Field(
    "Length of a period, in steps, or epochs as in '1 epoch'.", example: "1 epoch", .greaterThan(0))
  package var decaySteps: StepCount
  @Field("Factor for each period.", example: "0.95", .greaterThan(0)) package var decayRate: Double
  @Field("Whether the rate changes only at the end of a period.") package var staircase = false
  package var warmup = Warmup()

  package init() {}

  package var stated: [StatedRate] { [StatedRate($initialLearningRate)] }

  package func points(in length: TrainingLength) -> [SchedulePoint] {
    end("decay_steps", decaySteps, at: $decaySteps.location, in: length)
  }

  package func callAsFunction(_ step: Int, in length: TrainingLength) -> StepRates {
    let periods = Double(step) / Double(max(1, decaySteps.steps(in: length)))
    return StepRates(
      learningRate: initialLearningRate
        * pow(decayRate, staircase ? periods.rounded(.down) : periods))
  }
}
