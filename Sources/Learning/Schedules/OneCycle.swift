import Diagnostics
import Glibc
import Specs
import Tensors

/// A learning rate that rises and then falls far below its start, while the momentum falls and rises.
///
/// The rate goes from max ÷ div_factor up to max, and down to max ÷ div_factor ÷ final_div_factor. With `three_phase`
/// it first comes down to where it started, as slowly as it rose.
package struct OneCycle: ScheduleSpec {
  package static let type = "one_cycle"
  package static let summary = "Raises and lowers the learning rate, and the momentum against it."
  package static let source: String? = "Smith and Topin 2017; PyTorch's OneCycleLR"
  package static let otherNames = ["OneCycleLR"]

  /// The curve along which one value goes over into another.
  package enum Anneal: String, CaseIterable, SpecValue { case cos, linear }

  @Field("The highest learning rate.", example: "0.01", .greaterThan(0)) package
    var maxLearningRate: Double
  @Field("Length of the cycle, in steps, or epochs; by default all of training.", .greaterThan(0))
  package var totalSteps: StepCount?
  @Field("Share of the cycle in which the rate rises.", .range(0...1)) package var pctStart = 0.3
  @Field("Along what the rates change.") package var annealStrategy: Anneal = .cos
  @Field("Whether the momentum (beta_1) changes too.") package var cycleMomentum = true
  @Field("The momentum at the highest learning rate.", .range(0..<1)) package var baseMomentum =
    0.85
  @Field("The momentum at the start and at the end.", .range(0..<1)) package var maxMomentum = 0.95
  @Field("The highest rate over the first one.", .greaterThan(0)) package var divFactor = 25.0
  @Field("The first rate over the last one.", .greaterThan(0)) package var finalDivFactor = 10_000.0
  @Field("Whether the rate comes down to the first one, and only then lower.")
  package var threePhase = false
  package var warmup = Warmup()

  package init() {}

  package var setsMomentum: Bool { cycleMomentum }

  package func validate(_ diagnostics: inout Diagnostics) {
    guard threePhase, pctStart >= 0.5 else { return }
    diagnostics.error(
      .noThirdPhase, "rising and falling take all of the cycle, so no third phase is left",
      at: ($pctStart.node ?? $threePhase.node)?.location,
      hint: "with 'three_phase', 'pct_start' must be below 0.5")
  }

  package func validate(in length: TrainingLength, _ diagnostics: inout Diagnostics) {
    guard let steps = totalSteps?.steps(in: length), steps < length.steps else { return }
    diagnostics.error(
      .shortCycle, "the cycle ends after \(steps) steps, but training has \(length.steps)",
      at: $totalSteps.location,
      hint: "without 'total_steps' it takes all of training; \(length.hint)")
  }

  package var stated: [StatedRate] { [StatedRate($maxLearningRate)] }

  package func points(in length: TrainingLength) -> [SchedulePoint] {
    end("total_steps", totalSteps, at: $totalSteps.location, in: length)
  }

  package func callAsFunction(_ step: Int, in length: TrainingLength) -> StepRates {
    let total = Double(totalSteps?.steps(in: length) ?? length.steps)
    let first = StepRates(learningRate: maxLearningRate / divFactor, momentum: maxMomentum)
    let highest = StepRates(learningRate: maxLearningRate, momentum: baseMomentum)
    let last = StepRates(
      learningRate: first.learningRate / finalDivFactor, momentum: maxMomentum)
    let rise = (end: pctStart * total - 1, rates: highest)
    let fall = (end: 2 * pctStart * total - 2, rates: first)
    let phases = (threePhase ? [rise, fall] : [rise]) + [(end: total - 1, rates: last)]
    var start = (step: 0.0, rates: first)
    for phase in phases.dropLast() where Double(step) > phase.end {
      start = (phase.end, phase.rates)
    }
    let end = phases.first { Double(step) <= $0.end } ?? phases[phases.count - 1]
    let duration = end.end - start.step
    let share = duration > 0 ? min((Double(step) - start.step) / duration, 1) : 1
    return StepRates(
      learningRate: between(start.rates.learningRate, end.rates.learningRate, share),
      momentum: cycleMomentum
        ? between(start.rates.momentum ?? 0, end.rates.momentum ?? 0, share) : nil)
  }

  private func between(_ start: Double, _ end: Double, _ share: Double) -> Double {
    switch annealStrategy {
    case .cos: end + (start - end) / 2 * (cos(.pi * share) + 1)
    case .linear: start + (end - start) * share
    }
  }
}
