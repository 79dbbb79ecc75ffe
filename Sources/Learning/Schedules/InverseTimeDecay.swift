import Specs
import Tensors

/// A learning rate divided by a number that grows with time.
///
///     initial ÷ (1 + decay_rate · step ÷ decay_steps)        (the quotient rounded down with `staircase`)
///
/// With `decay_steps: 1` it is the `decay` that Keras's optimizers once had.
package struct InverseTimeDecay: ScheduleSpec {
  package static let type = "inverse_time_decay"
  package static let summary = "Divides the learning rate by a number that grows in each period."
  package static let source: String? = "Keras's InverseTimeDecay"
  package static let otherNames = ["inverse_time", "time_based_decay"]

  @Field("The learning rate at the start.", example: "0.01", .greaterThan(0)) package
    var initialLearningRate: Double
  @Field(
    "Length of a period, in steps, or epochs as in '1 epoch'.", example: "1 epoch", .greaterThan(0))
  package var decaySteps: StepCount
  @Field("Added to the divisor in each period.", example: "0.5", .greaterThan(0))
  package var decayRate: Double
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
        / (1 + decayRate * (staircase ? periods.rounded(.down) : periods)))
  }
}
