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
  /// The mean of each channel over the training images, where black is 0 and white 1.
  package let means: [Double]
  /// The standard deviation of each channel likewise; 1 if all its pixels are the same.
  package let deviations: [Double]

  /// Counts and measures all images of `data`.
  package init(of data: PreparedData) {
    parts = [
      ("training", data.training), ("validation", data.validation), ("test", data.test),
    ].compactMap { name, samples in
      samples.map {
        Part(name: name, counts: $0.classCounts, repeatedCount: $0.repeatedCount)
      }
    }
    let scaling = data.training.standardScaling
    means = scaling.shift.map { $0 / 255 }
    deviations = scaling.divisor.map { $0 / 255 }
  }
}

extension ImageSamples {
  fileprivate var classCounts: [Int] {
    (0..<count).reduce(into: [Int](repeating: 0, count: classCount)) { $0[label(of: $1)] += 1 }
  }
}
