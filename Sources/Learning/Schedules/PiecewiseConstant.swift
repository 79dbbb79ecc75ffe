import Diagnostics
import Specs
import Tensors

/// A learning rate that changes at given steps.
///
/// A boundary in steps, counted from 0, is the last step of the piece before it. One in epochs is the end
/// of that epoch. Both count from the end of the warmup. Without boundaries each epoch has a value of its own.
package struct PiecewiseConstant: ScheduleSpec {
  package static let type = "piecewise_constant"
  package static let summary = "One learning rate up to each boundary, and one after the last."
  package static let source: String? = "Keras's PiecewiseConstantDecay and LearningRateScheduler"
  package static let otherNames = ["MultiStepLR", "PiecewiseConstantDecay"]

  @Field(
    "Where the rate changes: numbers of steps, or epochs as in '10 epochs'; by default after each epoch.",
    example: "[5 epochs]",
    .atLeast(0))
  package var boundaries: [StepCount]?
  @Field(
    "The learning rates: one more than there are boundaries.", example: "[0.001, 0.0001]",
    .nonEmpty,
    .greaterThan(0))
  package var values: [Double]
  package var warmup = Warmup()

  package init() {}

  /// The boundaries in force.
  private var ends: [StepCount] {
    boundaries ?? values.indices.dropFirst().map { .epochs(Double($0)) }
  }

  package func validate(_ diagnostics: inout Diagnostics) {
    guard let boundaries else { return }
    if values.count != boundaries.count + 1 {
      diagnostics.error(
        .pieceCount,
        "\(boundaries.count) boundaries need \(boundaries.count + 1) values, got \(values.count)",
        at: $values.location)
    }
    // Steps and epochs can be compared only once it is known how long an epoch is.
    for (index, pair) in zip(boundaries, boundaries.dropFirst()).enumerated() {
      let isAscending =
        switch pair {
        case (.steps(let a), .steps(let b)): a < b
        case (.epochs(let a), .epochs(let b)): a < b
        default: true
        }
      guard !isAscending else { continue }
      diagnostics.error(
        .boundaryOrder, "each boundary must be greater than the one before it",
        at: $boundaries.location(ofItem: index + 1))
    }
  }

  package func validate(in length: TrainingLength, _ diagnostics: inout Diagnostics) {
    let steps = ends.map { $0.steps(in: length) }
    for index in steps.indices.dropFirst() where steps[index] <= steps[index - 1] {
      diagnostics.error(
        .boundaryOrder,
        "this boundary, step \(steps[index]), does not come after the one before it, "
          + "step \(steps[index - 1])", at: $boundaries.location(ofItem: index),
        hint: length.hint)
    }
  }

  package var stated: [StatedRate] {
    values.enumerated().map { StatedRate($1, at: $values.location(ofItem: $0)) }
  }

  package func points(in length: TrainingLength) -> [SchedulePoint] {
    guard let boundaries else {
      let last = StepCount.epochs(Double(values.count - 1))
      return [
        SchedulePoint(
          "values", .epochs(Double(values.count)), at: $values.location,
          steps: last.steps(in: length) + 1)
      ]
    }
    return boundaries.enumerated().map { index, boundary in
      // The piece after a boundary in steps begins with the second step from it.
      let first =
        switch boundary {
        case .steps(let last): min(last, .max - 2) + 1
        case .epochs: boundary.steps(in: length)
        }
      return SchedulePoint(
        "boundaries", boundary, at: $boundaries.location(ofItem: index), steps: first + 1)
    }
  }

  package func callAsFunction(_ step: Int, in length: TrainingLength) -> StepRates {
    let piece = ends.count { boundary in
      switch boundary {
      case .steps(let last): step > last
      case .epochs: step >= boundary.steps(in: length)
      }
    }
    return StepRates(learningRate: values[piece])
  }
}
