import Tensors

/// Draws the images of `synthetic_digits`: bright strokes on black, 8 bits a pixel, as in MNIST.
///
/// Image number `i` depends on nothing but seed, part, size and `i`. Only +, −, ×, ÷, √ and integers
/// are used, which IEEE 754 defines to the last bit, so its bytes are the same on every machine.
package struct DigitDrawing: Sendable {
  /// The parts of the dataset, which share no random numbers.
  package enum Part: Int, Sendable { case training, test }

  private let size: Int
  private let seed: UInt64
  private let part: Part

  /// The images of `part` with sides of `size` pixels.
  package init(size: Int, seed: UInt64, part: Part) {
    self.size = size
    self.seed = seed
    self.part = part
  }

  /// The first `count` images.
  package func images(count: Int) -> LabelledImages {
    let labels = labels(count: count)
    let pixelCount = size * size
    let pixels = [UInt8](unsafeUninitializedCapacity: count * pixelCount) { pixels, written in
      for (index, digit) in labels.enumerated() {
        let image = UnsafeMutableBufferPointer(rebasing: pixels[written..<written + pixelCount])
        draw(digit, index: index, to: image)
        written += pixelCount
      }
    }
    return LabelledImages(images: pixels, labels: labels)
  }

  /// The digits on the first `count` images. Each ten images from a multiple of ten on show all ten digits, in a random
  /// order, so that classes are balanced however many images there are.
  func labels(count: Int) -> [UInt8] {
    let tens = (0..<(count + 9) / 10).flatMap { ten -> [UInt8] in
      var digits: [UInt8] = Array(0...9)
      stream(.order, sample: ten).shuffle(&digits)
      return digits
    }
    return Array(tens.prefix(count))
  }

  private func draw(
    _ digit: UInt8, index: Int, to pixels: UnsafeMutableBufferPointer<UInt8>
  ) {
    var random = RandomSequence(stream(.shape, sample: index))
    let writing = Handwriting(digit: Int(digit), using: &random)
    var raster = InkRaster(size: size)
    for stroke in writing.strokes { raster.draw(stroke) }
    let softness = random.uniform(0.9...1.7)
    let brightness = random.uniform(225...262)
    let grain = stream(.grain, sample: index)
    for pixel in pixels.indices {
      let coverage = raster.coverage(at: pixel, softness: softness)
      guard coverage > 0 else {
        pixels[pixel] = 0
        continue
      }
      let value = coverage * (brightness - 24 * grain.uniform(pixel))
      pixels[pixel] = UInt8(min(value, 255) + 0.5)
    }
  }

  /// The purpose of random numbers; each use has a stream of its own.
  private enum Use: Int { case order, shape, grain }

  private func stream(_ use: Use, sample: Int) -> RandomStream {
    RandomStream(
      seed: seed, purpose: .syntheticImage, layer: part.rawValue, epoch: use.rawValue,
      sample: sample)
  }
}
