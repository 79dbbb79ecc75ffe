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

  /// The number of images of the final part.
  package var finalCount: Int { testCount > 0 ? testCount : validationCount }

  /// The most bytes of predictions for the final part: numbers of up to 20 digits, and a probability for each class.
  var largestPredictions: Int {
    let line = 64 + 24 * classNames.count
    let (size, isTooLarge) = line.multipliedReportingOverflow(by: 1 &+ finalCount)
    return isTooLarge || size < 0 ? .max : size
  }

  /// The images that scores on `part` are of.
  package func images(of part: ScoreName.Part) -> Images {
    Images(
      shape: imageShape, classNames: classNames,
      contents: contents(of: part == .test ? .test : .validation))
  }
}
