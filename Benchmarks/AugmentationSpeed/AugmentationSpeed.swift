import Datasets
import Specs
import Tensors

/// Times augmentation for compare_augmentation.py: `AugmentationSpeed affine|elastic|colour grey|rgb` prints the
/// microseconds per image of each of ten passes over 2,000 images, 28×28 grey ones or 32×32 coloured ones, on one
/// thread, with everything that a training step has done to an image: its bytes read, all random numbers drawn, the
/// result normalized, coloured ones by channel.
@main
struct AugmentationSpeed {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let steps = steps[arguments[1]],
      let originals = try originals(arguments[2])
    else {
      print("usage: AugmentationSpeed affine|elastic|colour grey|rgb")
      return
    }
    let images = AugmentedSamples(originals, by: steps, seed: 0)
    var input = [Float](repeating: 0, count: images.imageShape.elementCount)
    for epoch in 0..<10 {
      let duration = ContinuousClock().measure {
        for sample in 0..<images.count {
          images.writeInput(of: sample, epoch: epoch, to: &input)
        }
      }
      print(duration / .microseconds(images.count))
    }
  }

  private static func originals(_ kind: String) throws -> ImageSamples? {
    let count = 2000
    switch kind {
    case "grey":
      var digits = SyntheticDigits()
      digits.training = count
      let loaded = try digits.load(from: DataLocations(dataDirectory: nil) { _ in })
      return try DataSpec().prepare(loaded).training
    case "rgb":
      let shape = ImageShape(height: 32, width: 32, channels: 3)
      let part = LabelledImages(
        images: (0..<count * shape.elementCount).map { UInt8(truncatingIfNeeded: $0 * 193 >> 3) },
        labels: [UInt8](repeating: 0, count: count))
      let normalization = Normalization.constants(
        mean: .each([0.49, 0.48, 0.45]), std: .each([0.25, 0.24, 0.26]))
      return ImageSamples(
        part, at: Array(0..<count), imageShape: shape, classNames: (0..<1).map(String.init),
        scaling: PixelScaling(
          normalization, of: part, at: [], channels: shape.channels))
    default: return nil
    }
  }

  private static let steps: [String: [OneOf<AugmentationCatalog>]] = {
    var rotation = RandomRotation()
    rotation.degrees = 15
    var translation = RandomTranslation()
    translation.pixels = 2.8
    var zoom = RandomZoom()
    zoom.fraction = 0.1
    var shear = RandomShear()
    shear.degrees = 10
    var elastic = ElasticTransform()
    elastic.displacement = 1.4
    var hue = RandomHue()
    hue.fraction = 0.1
    var saturation = RandomSaturation()
    saturation.fraction = 0.4
    return [
      "affine": [OneOf(rotation), OneOf(translation), OneOf(zoom), OneOf(shear)],
      "elastic": [OneOf(elastic)],
      "colour": [OneOf(saturation), OneOf(hue)],
    ]
  }()
}
