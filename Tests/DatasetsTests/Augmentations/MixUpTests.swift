import Datasets
import Tensors
import Testing

/// 60 images of 6×6 pixels, of 3 classes; all of an image's pixels show its number × 4.
let plainImages = ImageSamples(
  LabelledImages(
    images: (0..<2160).map { UInt8($0 / 36 * 4) }, labels: (0..<60).map { UInt8($0 % 3) }),
  at: Array(0..<60), imageShape: ImageShape(height: 6, width: 6, channels: 1),
  classNames: (0..<3).map(String.init),
  scaling: PixelScaling(shift: [0], divisor: [4]))

/// What training sees of `sample`.
func seen(_ source: AugmentedSamples, _ sample: Int, epoch: Int = 0) -> (
  input: [Float], targets: [Float]
) {
  var input = [Float](repeating: .nan, count: source.imageShape.elementCount)
  var targets = [Float](repeating: .nan, count: source.classCount)
  source.writeInput(of: sample, epoch: epoch, to: &input)
  source.writeTargets(of: sample, epoch: epoch, to: &targets)
  return (input, targets)
}

@Suite struct MixUpTests {
  @Test func imageAndClassesHaveTheSameShares() throws {
    let source = AugmentedSamples(
      plainImages, by: try augmentation("[{type: mixup, alpha: 1}]"), seed: 4)
    var shares: [Double] = []
    for sample in 0..<60 {
      for epoch in 0..<20 {
        let (input, targets) = seen(source, sample, epoch: epoch)
        #expect(abs(targets.reduce(0, +) - 1) < 1e-6)
        let share = targets[sample % 3]
        // A partner of the same class leaves the class whole, whatever its share.
        guard share < 1 else { continue }
        let partner = (input[0] - share * Float(sample)) / (1 - share)
        if share < 0.9 {
          #expect(abs(partner - partner.rounded()) < 1e-3, "the partner is one of the images")
          #expect(targets[Int(partner.rounded()) % 3] == 1 - share)
        }
        #expect(input.allSatisfy { $0 == input[0] })
        shares.append(Double(share))
      }
    }
    #expect(shares.count > 600)
    expectUniform(shares, over: 0...1)
  }

  @Test func sharesAreThoseOfTheBetaDistribution() {
    for alpha in [0.01, 0.2, 0.7, 2, 100] {
      let draws = (0..<20000).map { sample in
        var random = AugmentationDraws(seed: 9, sample: sample).sequence(step: 0)
        return random.beta(alpha)
      }
      #expect(draws.allSatisfy { (0...1).contains($0) })
      let mean = draws.reduce(0, +) / 20000
      let variance = draws.reduce(0) { $0 + ($1 - 0.5) * ($1 - 0.5) } / 20000
      let expected = 1 / (4 * (2 * alpha + 1))
      #expect(abs(mean - 0.5) < 4 * (expected / 20000).squareRoot())
      // No distribution has a larger spread of squares than that of a coin.
      #expect(abs(variance / expected - 1) < 0.05)
    }
  }

  @Test func thePartnerIsAugmentedAsItselfIs() throws {
    let steps = "{type: random_invert, probability: 0.5}"
    let alone = AugmentedSamples(plainImages, by: try augmentation("[\(steps)]"), seed: 2)
    let mixed = AugmentedSamples(
      plainImages, by: try augmentation("[\(steps), {type: mixup, alpha: 0.5}]"), seed: 2)
    let faces = (0..<60).map { seen(alone, $0).input[0] }
    for sample in 0..<60 {
      let (input, targets) = seen(mixed, sample)
      let share = targets[sample % 3]
      guard share < 0.9 else { continue }
      let partner = (input[0] - share * faces[sample]) / (1 - share)
      #expect(faces.contains { abs($0 - partner) < 1e-3 })
    }
  }
}
