import Specs

/// Validates, saves and scores a moving average of the weights: average · momentum + weights · (1 − momentum) after
/// each step, from the weights after the first.
///
/// Moving statistics are those of training.
package struct ExponentialMovingAverage: CallbackSpec {
  package static let type = "exponential_moving_average"
  package static let summary = "Takes a moving average of the weights for validation and results."
  package static let source: String? = "Keras's use_ema and SwapEMAWeights"
  package static let otherNames = ["ema", "swap_ema_weights", "moving_average"]

  @Field("Part of the average that stays in each step.", .range(0..<1)) package var momentum = 0.99

  package init() {}

  package var averagesParameters: Bool { true }

  package func makeCallback() -> any Callback {
    ExponentialMovingAverageCallback(weight: 1 - momentum)
  }
}

private struct ExponentialMovingAverageCallback: Callback {
  let weight: Double

  func respond(to event: RunEvent) -> [CallbackAction] {
    switch event {
    case .stepEnded: [.moveAverage(weight: weight)]
    case .epochTrained: [.useAverage]
    default: []
    }
  }
}
