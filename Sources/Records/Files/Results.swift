import Metrics

/// The contents of results.json: the quality of the trained network.
package struct Results: Encodable, Hashable, Sendable {
  /// The scores on the validation images; nil if there are none.
  package let validation: Scores?
  /// The scores on the test images; nil if there are none. Without validation there are some.
  package internal(set) var test: Scores?
  /// The epoch (from 1) whose weights were scored and saved.
  package let weightsEpoch: Int
  /// SHA-256 of their file, in hexadecimal.
  package let weightsSHA256: String
  /// Epochs trained.
  package let epochs: Int
  /// The duration of training, without the loading of data and the final evaluation.
  package let trainSeconds: Double
  /// Training images per second of training.
  package let imagesPerSecond: Double
  /// The reason why training ended before its last planned epoch; nil if it did not.
  package let stopReason: String?
  /// The spec's targets, in its order.
  package let targets: [TargetResult]
  /// The temperature fitted on the validation images; nil if there are none.
  package let temperature: Double?
  /// The threshold chosen on the validation images, by which classes are told in test's scores; nil if the network has a
  /// probability for each class, or there are no such images of both.
  package let threshold: DecisionThreshold?

  enum CodingKeys: String, CodingKey {
    case validation, test
    case weightsEpoch = "weights_epoch"
    case weightsSHA256 = "weights_sha256"
    case epochs
    case trainSeconds = "train_seconds"
    case imagesPerSecond = "images_per_second"
    case stopReason = "stop_reason"
    case targets, temperature, threshold
  }

  /// The results of a run.
  package init(
    validation: Scores?, test: Scores?, weightsEpoch: Int, weightsSHA256: String,
    epochs: Int, trainSeconds: Double, imagesPerSecond: Double, stopReason: String?,
    targets: [TargetResult],
    temperature: Double? = nil, threshold: DecisionThreshold? = nil
  ) {
    self.validation = validation
    self.test = test
    self.weightsEpoch = weightsEpoch
    self.weightsSHA256 = weightsSHA256
    self.epochs = epochs
    self.trainSeconds = trainSeconds
    self.imagesPerSecond = imagesPerSecond
    self.stopReason = stopReason
    self.targets = targets
    self.temperature = temperature
    self.threshold = threshold
  }

  /// The scores on the images of `part`; nil if there are none.
  package func scores(on part: ScoreName.Part) -> Scores? {
    switch part {
    case .validation: validation
    case .test: test
    }
  }

  /// The part of the data whose predictions a run records: its test images, or validation's where there are none.
  package var finalPart: ScoreName.Part { test == nil ? .validation : .test }

  /// The scores on the final part.
  package var final: Scores? { test ?? validation }

  /// The value of a score; nil if its part has no images, or it is undefined there or was not measured.
  package func value(of name: ScoreName) -> Double? {
    scores(on: name.part).flatMap(name.metric.value)
  }
}

/// A target of the spec, with the value reached.
package struct TargetResult: Encodable, Hashable, Sendable {
  /// The score that has a target.
  package let name: ScoreName
  /// The least value wanted (for a loss, the largest).
  package let wanted: Double
  /// The value reached; nil if the score is undefined.
  package let got: Double?
  /// True if there is one, and it is good enough.
  package let isMet: Bool

  enum CodingKeys: String, CodingKey {
    case name, wanted, got
    case isMet = "met"
  }

  /// The judgements that there are, in words.
  package enum Verdict: String, Sendable {
    case met, missed
    /// A score that is undefined, or not known yet, says nothing of the network.
    case unknown = "cannot be judged"
  }

  /// The judgement of the value reached.
  package var verdict: Verdict { got == nil ? .unknown : isMet ? .met : .missed }

  /// The result for the score `name`, of which `got` was reached.
  package init(name: ScoreName, wanted: Double, got: Double?) {
    self.name = name
    self.wanted = wanted
    self.got = got
    isMet = got.map { name.higherIsBetter ? $0 >= wanted : $0 <= wanted } ?? false
  }
}
