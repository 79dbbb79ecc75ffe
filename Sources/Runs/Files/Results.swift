import Metrics

/// What results.json says: how good the trained network is.
public struct Results: Encodable, Hashable, Sendable {
  /// How the network does on the images held out; nil if there are none.
  public let validation: Scores?
  /// How it does on the test images.
  public let test: Scores
  /// The epoch (from 1) whose weights were scored and saved.
  public let weightsEpoch: Int
  /// Epochs trained.
  public let epochs: Int
  /// Without loading of data and without the final evaluation.
  public let trainSeconds: Double
  /// Training images per second of training.
  public let imagesPerSecond: Double
  /// Why training ended before its last planned epoch.
  public let stopReason: String?
  /// The spec's targets, in its order.
  public let targets: [TargetResult]

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
  public init(
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
  public func scores(on part: ScoreName.Part) -> Scores? {
    switch part {
    case .validation: validation
    case .test: test
    }
  }

  /// The value of a score; nil for those of validation if no images were held out.
  public func value(of name: ScoreName) -> Double? {
    scores(on: name.part).map(name.metric.value)
  }
}

/// A wish of the spec's `targets`, and what came of it.
public struct TargetResult: Encodable, Hashable, Sendable {
  /// What to reach.
  public let name: ScoreName
  /// The least value wished for (of a loss: the largest).
  public let wanted: Double
  /// The value reached.
  public let got: Double
  /// Whether that is good enough.
  public let isMet: Bool

  enum CodingKeys: String, CodingKey {
    case name, wanted, got
    case isMet = "met"
  }

  /// Whether `got` is as good as `wanted` for the score `name`.
  public init(name: ScoreName, wanted: Double, got: Double) {
    (self.name, self.wanted, self.got) = (name, wanted, got)
    isMet = name.higherIsBetter ? got >= wanted : got <= wanted
  }
}
