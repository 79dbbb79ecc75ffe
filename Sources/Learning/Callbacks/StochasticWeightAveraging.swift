import Specs

/// Validates, saves and scores the mean of the weights after each epoch from one on, with moving statistics anew from
/// the training images.
package struct StochasticWeightAveraging: CallbackSpec {
  package static let type = "stochastic_weight_averaging"
  package static let summary = "Takes the mean of epochs' weights for validation and results."
  package static let source: String? =
    "Izmailov et al. 2018; PyTorch's AveragedModel with update_bn"
  package static let otherNames = ["swa"]

  @Field(
    "The first epoch, counted from 1, whose weights go into the mean.", example: "10", .atLeast(1))
  package var startEpoch: Int

  package init() {}

  package var averagesParameters: Bool { true }
  package var firstEpoch: EpochSetting? {
    EpochSetting("start_epoch", $startEpoch, epoch: startEpoch)
  }

  package func makeCallback() -> any Callback {
    StochasticWeightAveragingCallback(startEpoch: startEpoch)
  }
}

private struct StochasticWeightAveragingCallback: Callback {
  let startEpoch: Int

  func respond(to event: RunEvent) -> [CallbackAction] {
    guard case .epochTrained(let epoch, _) = event, epoch >= startEpoch else { return [] }
    let count = epoch - startEpoch + 1
    return [.moveAverage(weight: 1 / Double(count)), .useAverage, .recomputeStatistics]
  }
}
