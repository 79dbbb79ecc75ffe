import Tensors

extension LossSpec {
  /// `samples` to train on, as the loss weights them: images of some classes may count more than others.
  ///
  /// - Parameter drawnBy: the draws whose samples they are; nil where each epoch has every image once. Classes that are
  ///   drawn alike are in balance already.
  package func weighted(
    _ samples: any SampleSource, drawnBy draws: BalancedDraws? = nil
  ) -> any SampleSource {
    guard let weight = settings.classWeight, draws == nil || weight != .balanced else {
      return samples
    }
    return WeightedSamples(samples: samples, weights: weight.weights(for: samples))
  }
}

/// Samples whose targets add up to the weight of their class: to Σ weight · target where they are soft.
private struct WeightedSamples: SampleSource {
  let samples: any SampleSource
  let weights: [Double]

  var count: Int { samples.count }
  var imageShape: ImageShape { samples.imageShape }
  var classCount: Int { samples.classCount }

  func label(of sample: Int) -> Int { samples.label(of: sample) }

  func writeInput(
    of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>
  ) {
    samples.writeInput(of: sample, epoch: epoch, to: destination)
  }

  func writeTargets(
    of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>
  ) {
    samples.writeTargets(of: sample, epoch: epoch, to: destination)
    let weight = weights.indices.reduce(0) { $0 + weights[$1] * Double(destination[$1]) }
    // An image that does not count still has a class, which is that of its largest target.
    for index in weights.indices { destination[index] *= max(Float(weight), 1e-30) }
  }
}
