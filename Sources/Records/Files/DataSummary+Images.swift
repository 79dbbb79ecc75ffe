import Metrics

extension Manifest.DataSummary {
  /// The images and labels that scores are of, told by their contents.
  package struct Images: Hashable, Sendable {
    let shape: [Int]
    let classNames: [String]
    /// Nil if there are none.
    let contents: Manifest.Contents?
  }

  /// True if the scores on `part` are of the same images in both runs.
  package func hasSameImages(as other: Self, for part: ScoreName.Part) -> Bool {
    self == other || images(of: part) == other.images(of: part)
  }

  /// The part of the data whose predictions a run records: its test images, or validation's where there are none.
  package var finalPart: ScoreName.Part { testCount > 0 ? .test : .validation }

  /// The part of the dataset that the images of `part` come from: `training`, where they are held out of that.
  package func source(of part: ScoreName.Part) -> String {
    images(of: part).contents?.isHeldOut == true ? "training" : part.name
  }

  /// The number of images of the final part.
  package var finalCount: Int { testCount > 0 ? testCount : validationCount }

  /// The most bytes of predictions for the final part.
  var largestPredictions: Int {
    Self.largestPredictions(of: finalCount, classNames: classNames)
  }

  /// The most bytes of predictions for `count` images. A line has numbers of up to 20 digits, the names of two classes
  /// and of a file, and a probability for each class; each byte of a name may be a doubled quote.
  static func largestPredictions(of count: Int, classNames: [String]) -> Int {
    let longestName = classNames.lazy.map(\.utf8.count).max() ?? 0
    let header = classNames.reduce(64) { $0 + 8 + 2 * $1.utf8.count }
    let line = 64 + 4 * longestName + 2 * longestFileName + 24 * classNames.count
    let (size, isTooLarge) = line.multipliedReportingOverflow(by: count)
    return isTooLarge || size < 0 ? .max : header &+ size
  }

  /// The longest path of a file in bytes, as Linux has it.
  private static let longestFileName = 4096

  /// What `results` have that cannot be of this data; nil if there is nothing.
  func contradiction(in results: Results) -> String? {
    for (part, count) in [(ScoreName.Part.validation, validationCount), (.test, testCount)] {
      guard let scores = results.scores(on: part) else {
        // Which part is the last depends on it.
        if count > 0, part == .test { return "'test' is missing" }
        continue
      }
      if count == 0 { return "it has scores of \(part.name) images, of which there are none" }
      let classCount = scores.confusionMatrix.classCount
      if classCount != classNames.count {
        return "it has \(classCount) classes, the run \(classNames.count)"
      }
      let sampleCount = scores.confusionMatrix.sampleCount
      if sampleCount != count {
        return "its confusion matrix counts \(sampleCount) \(part.name) images, the run \(count)"
      }
    }
    return nil
  }

  /// The images that scores on `part` are of.
  package func images(of part: ScoreName.Part) -> Images {
    Images(
      shape: imageShape, classNames: classNames,
      contents: contents(of: part == .test ? .test : .validation))
  }
}

extension RunRecord {
  /// The images that scores on `part` are of; where each fold has others, those that all are taken from.
  package func images(of part: ScoreName.Part) -> Manifest.DataSummary.Images {
    let own = self.data.images(of: part)
    guard self.fold != nil, own.contents?.isHeldOut == true else { return own }
    return Manifest.DataSummary.Images(
      shape: own.shape, classNames: own.classNames, contents: self.data.contents(of: .training))
  }
}
