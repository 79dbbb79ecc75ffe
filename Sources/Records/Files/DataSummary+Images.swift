import Metrics

extension Manifest.DataSummary {
  /// Whether the scores on `part` are of the same images in both runs, as far as they record that.
  ///
  /// Of how a spec shuffles before it holds images out, `data.split_seed`, a run's data say nothing.
  package func hasSameImages(as other: Self, for part: ScoreName.Part) -> Bool {
    self == other || images(of: part) == other.images(of: part)
  }

  /// Only what decides which the images of `part` are; all else is empty.
  ///
  /// Those of validation are drawn from the training files, out of as many as are used at all: how many are
  /// trained on decides which are held out, too. The test images are all of their own files.
  package func images(of part: ScoreName.Part) -> Self {
    let isTest = part == .test
    return Self(
      dataset: dataset, imageShape: imageShape, classNames: classNames,
      trainingCount: isTest ? 0 : trainingCount, validationCount: isTest ? 0 : validationCount,
      testCount: isTest ? testCount : 0, checksums: checksums.filter { $0.isOfTest == isTest })
  }
}

extension Manifest.FileChecksum {
  /// Whether the file holds test images or their labels: `t10k-images-idx3-ubyte`, `test-labels`.
  fileprivate var isOfTest: Bool { file.hasPrefix("t10k") || file.hasPrefix("test") }
}
