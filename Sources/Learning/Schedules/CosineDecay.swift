import Diagnostics
import Glibc
import Specs
import Tensors

/// A learning rate that falls along half a wave.
///
///     initial · ((1 - alpha) · (1 + cos(π · step ÷ decay_steps)) ÷ 2 + alpha)
///
/// With `restarts` it starts again after each fall, which then takes `t_mul` times as long, from `m_mul` times the
/// height.
package struct CosineDecay: ScheduleSpec {
  package static let type = "cosine_decay"
  package static let summary =
    "Lowers the learning rate along half a wave, once or again and again."
  package static let source: String? =
    "Loshchilov and Hutter 2016; Keras's CosineDecay and CosineDecayRestarts"
  package static let otherNames = [
    "cosine", "cosine_annealing", "CosineAnnealingLR", "CosineDecayRestarts",
    "CosineAnnealingWarmRestarts",
  ]

  @Field("The learning rate at the start.", example: "0.001", .greaterThan(0)) package
    var initialLearningRate: Double
  @Field(
    "Length of the (first) fall, in steps, or epochs as in '5 epochs'; by default all of training.",
    .greaterThan(0))
  package var decaySteps: StepCount?
  @Field("The lowest rate, as a share of the initial one.", .range(0...1)) package var alpha = 0.0
  @Field("Whether the rate starts again after each fall.") package var restarts = false
  @Field("How many times as long each further fall takes.", .atLeast(1)) package var tMul = 2.0
  @Field("How many times as high each further fall starts.", .greaterThan(0)) package var mMul = 1.0
  package var warmup = Warmup()

  package init() {}

  package func validate(_ diagnostics: inout Diagnostics) {
    if restarts, decaySteps == nil {
      diagnostics.error(
        .noDecaySteps, "'restarts: true' needs 'decay_steps': the length of the first fall",
        at: $restarts.location)
    }
    guard !restarts, tMul != 2 || mMul != 1 else { return }
    let (key, field) = tMul != 2 ? ("t_mul", $tMul) : ("m_mul", $mMul)
    diagnostics.error(
      .noRestarts, "'\(key)' does nothing without restarts",
      at: field.location, hint: "add 'restarts: true', or leave it out")
  }

  package var stated: [StatedRate] { [StatedRate($initialLearningRate)] }

  package func points(in length: TrainingLength) -> [SchedulePoint] {
    end("decay_steps", decaySteps, at: $decaySteps.location, in: length)
  }

  package func callAsFunction(_ step: Int, in length: TrainingLength) -> StepRates {
    let period = Double(max(1, decaySteps?.steps(in: length) ?? length.steps))
    var fraction = Double(step) / period
    var height = 1.0
    if restarts {
      var duration = 1.0
      while fraction >= duration {
        fraction -= duration
        duration *= tMul
        height *= mMul
      }
      fraction /= duration
    }
    let wave = height * (1 + cos(.pi * min(fraction, 1))) / 2
    return StepRates(learningRate: initialLearningRate * ((1 - alpha) * wave + alpha))
  }
}
