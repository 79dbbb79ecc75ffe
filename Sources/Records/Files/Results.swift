import Metrics

/// What results.json says: how good the trained network is.
package struct Results: Encodable, Hashable, Sendable {
  /// How the network does on the images held out; nil if there are none.
  package let validation: Scores?
  /// How it does on the test images.
  package let test: Scores
  /// The epoch (from 1) whose weights were scored and saved.
  package let weightsEpoch: Int
  /// Epochs trained.
  package let epochs: Int
  /// Without loading of data and without the final evaluation.
  package let trainSeconds: Double
  /// Training images per second of training.
  package let imagesPerSecond: Double
  /// Why training ended before its last planned epoch.
  package let stopReason: String?
  /// The spec's targets, in its order.
  package let targets: [TargetResult]

  enum CodingKeys: String, CodingKey {
    case validation, test
    case weightsEpoch = "weights_epoch"
    case epochs
    case trainSeconds = "train_seconds"
    case imagesPerSecond = "images_per_second"
    case stopReason = "stop_reason"
    case targets
  }

  /// The results of a run.
  package init(
    validation: Scores?, test: Scores, weightsEpoch: Int, epochs: Int, trainSeconds: Double,
    imagesPerSecond: Double, stopReason: String?, targets: [TargetResult]
  ) {
    self.validation = validation
    self.test = test
    self.weightsEpoch = weightsEpoch
    self.epochs = epochs
    self.trainSeconds = trainSeconds
    self.imagesPerSecond = imagesPerSecond
    self.stopReason = stopReason
    self.targets = targets
  }

  /// The scores on the images of `part`; nil for validation if no images were held out.
  package func scores(on part: ScoreName.Part) -> Scores? {
    switch part {
    case .validation: validation
    case .test: test
    }
  }

  /// The value of a score; nil for those of validation if no images were held out.
  package func value(of name: ScoreName) -> Double? {
    scores(on: name.part).map(name.metric.value)
  }
}

/// A wish of the spec's `targets`, and what came of it.
package struct TargetResult: Encodable, Hashable, Sendable {
  /// What to reach.
  package let name: ScoreName
  /// The least value wished for (of a loss: the largest).
  package let wanted: Double
  /// The value reached.
  package let got: Double
  /// Whether that is good enough.
  package let isMet: Bool

  enum CodingKeys: String, CodingKey {
    case name, wanted, got
    case isMet = "met"
  }

  /// Whether `got` is as good as `wanted` for the score `name`.
  package init(name: ScoreName, wanted: Double, got: Double) {
    (self.name, self.wanted, self.got) = (name, wanted, got)
    isMet = name.higherIsBetter ? got >= wanted : got <= wanted
  }
}
