import Datasets
import Learning

/// About how many bytes a run takes while it trains.
package struct MemoryEstimate: Hashable, Sendable {
  /// The dataset, all of it.
  package let images: Double
  /// The bytes of parameters, their gradients, the optimizer's state, and a saved state of all of them.
  package let parameters: Double
  /// Results of layers and their gradients, for the images that are on their way.
  package let activations: Double
  /// The program itself with its libraries and the kernels that they make; measured on x86.
  package var program: Double { 36_000_000 }

  /// All of it.
  package var total: Double { images + parameters + activations + program }
}

extension ExperimentPlan {
  /// About how much memory a run takes while it trains on `threads` threads.
  package func memory(threads: Int) -> MemoryEstimate {
    let training = spec.training
    let step = TrainingMemory(
      graph, rule: spec.optimizer.value.updateRule,
      batchSize: min(training.batchSize, split.training), laneSize: training.laneSizeInForce,
      threads: threads)
    return MemoryEstimate(
      images: Double(data.byteCount), parameters: step.parameterBytes,
      activations: step.activationBytes)
  }
}
