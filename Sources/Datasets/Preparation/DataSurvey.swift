import Tensors

/// What `exp data show` says of the data of an experiment.
package struct DataSurvey: Sendable {
  /// A part of the data.
  package struct Part: Sendable {
    /// Its name in a spec: `training`.
    package let name: String
    /// The number of images of each class.
    package let counts: [Int]
    /// The number of images that are the same as an earlier one of the part, pixel for pixel.
    package let repeatedCount: Int
  }

  /// Training, validation and test, as far as they are there.
  package let parts: [Part]
  /// The mean of each channel over the images of the first part, where black is 0 and white 1.
  package let means: [Double]
  /// The population's standard deviation of each channel likewise.
  package let deviations: [Double]

  /// Counts and measures all images of `data`.
  package init(of data: PreparedData) {
    self.init(of: data.parts, measuring: data.training)
  }

  /// Counts and measures the images of `set`.
  package init(of set: TestSet) {
    let samples = set.samples
    self.init(of: [("test", samples)], measuring: samples)
  }

  private init(of parts: [(name: String, samples: ImageSamples)], measuring images: ImageSamples) {
    self.parts = parts.map { name, samples in
      Part(
        name: name, counts: samples.classCounts,
        repeatedCount: FingerprintedImages(samples).repeatedCount)
    }
    let moments = images.moments
    means = moments.map { $0.mean / 255 }
    deviations = moments.map { $0.deviation / 255 }
  }
}

extension ImageSamples {
  /// The number of samples of each class.
  var classCounts: [Int] {
    (0..<count).reduce(into: [Int](repeating: 0, count: classCount)) { $0[label(of: $1)] += 1 }
  }
}
