import Datasets
import Specs
import Tensors

/// Times augmentation for compare_augmentation.py: `AugmentationSpeed affine|elastic` prints the microseconds per
/// image of each of ten passes over 2,000 images, on one thread, with everything that a training step has done
/// to an image: its bytes read, all random numbers drawn, the result normalized.
@main
struct AugmentationSpeed {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 2, let steps = steps[arguments[1]] else {
      print("usage: AugmentationSpeed affine|elastic")
      return
    }
    var digits = SyntheticDigits()
    digits.training = 2000
    let loaded = try digits.load(from: DataLocations(dataDirectory: nil) { _ in })
    let data = try DataSpec().prepare(loaded)
    let images = data.training(augmentedBy: steps, seed: 0)
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
    return [
      "affine": [OneOf(rotation), OneOf(translation), OneOf(zoom), OneOf(shear)],
      "elastic": [OneOf(elastic)],
    ]
  }()
}
