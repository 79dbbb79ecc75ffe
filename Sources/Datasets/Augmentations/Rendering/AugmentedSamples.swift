import Specs
import Tensors

/// Training images that look different in each epoch.
///
/// The image of a sample depends only on the seed, the epoch and the sample.
package struct AugmentedSamples: SampleSource {
  private let originals: ImageSamples
  private let steps: [PreparedStep]
  private let mixing: (any MixingStep)?
  private let seed: UInt64

  /// The images of `originals`, changed by the steps of `augmentation`, which see pixels between 0 and 1, and then
  /// normalized.
  package init(
    _ originals: ImageSamples, by augmentation: [OneOf<AugmentationCatalog>], seed: UInt64
  ) {
    self.originals = originals
    self.seed = seed
    steps = PreparedStep.all(of: augmentation, for: originals.imageShape)
    mixing = augmentation.last?.value as? any MixingStep
  }

  package var count: Int { originals.count }
  package var imageShape: ImageShape { originals.imageShape }
  package var classCount: Int { originals.classCount }
  package var classNames: [String] { originals.classNames }

  package func label(of sample: Int) -> Int { originals.label(of: sample) }

  /// Writes the targets of `sample`. A mixed image gives each class its image's share.
  package func writeTargets(
    of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>
  ) {
    let mixed = mixture(of: sample, epoch: epoch)
    let share = mixed?.1.share(in: imageShape) ?? 1
    destination.update(repeating: 0, count: classCount)
    destination[label(of: sample)] = share
    if let mixed { destination[label(of: mixed.partner)] += 1 - share }
  }

  package func writeInput(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>) {
    let size = imageShape.elementCount
    let scratchCount = AugmentedImage.scratchCount(for: imageShape)
    withUnsafeTemporaryAllocation(
      of: Float.self, capacity: scratchCount + (mixing == nil ? 0 : size)
    ) { memory in
      guard let scratch = memory.baseAddress else { return }
      draw(sample, epoch: epoch, at: destination, scratch)
      if let (partner, mixture) = mixture(of: sample, epoch: epoch) {
        draw(partner, epoch: epoch, at: scratch + scratchCount, scratch)
        mixture.apply(to: destination, scratch + scratchCount, of: imageShape)
      }
      originals.scaling.apply(to: UnsafeMutableBufferPointer(start: destination, count: size))
    }
  }

  /// Writes the image `sample` as the steps leave it, not yet mixed or normalized.
  private func draw(
    _ sample: Int, epoch: Int, at pixels: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    originals.writePixels(of: sample, to: pixels)
    var image = AugmentedImage(
      pixels, shape: imageShape, scratch: scratch,
      draws: AugmentationDraws(seed: seed, epoch: epoch, sample: sample))
    for step in steps { step.apply(to: &image) }
    image.finish()
  }

  /// The partner that `sample` is mixed with, and the mixture; nil if images are not mixed.
  private func mixture(of sample: Int, epoch: Int) -> (partner: Int, Mixture)? {
    guard let mixing else { return nil }
    // No other step has this number, however many there are.
    var random = AugmentationDraws(seed: seed, epoch: epoch, sample: sample).sequence(step: -1)
    let partner = random.index(below: count)
    return (partner, mixing.mixture(of: imageShape, using: &random))
  }
}
