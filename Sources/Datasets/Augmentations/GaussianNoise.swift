import Specs
import Tensors

/// Adds normally distributed noise to each number of the image, and keeps the result between 0 and 1.
package struct GaussianNoise: ImageStep {
  package static let type = "gaussian_noise"
  package static let summary = "Adds random noise to each pixel."
  package static let otherNames = ["noise", "GaussNoise", "random_noise"]

  @Field("Standard deviation of the noise; pixels are from 0 to 1.", example: "0.05", .range(0...1))
  package var stddev: Double

  package init() {}

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let deviation = Float(stddev)
    return { image, random in
      image.edit { pixels in
        for start in stride(from: 0, to: pixels.count, by: 4) {
          let noise = deviation * random.normals()
          for place in start..<min(start + 4, pixels.count) {
            pixels[place] = min(max(pixels[place] + noise[place - start], 0), 1)
          }
        }
      }
    }
  }
}
