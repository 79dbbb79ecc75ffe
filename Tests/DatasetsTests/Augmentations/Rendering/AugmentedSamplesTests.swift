import Datasets
import Dispatch
import Synchronization
import Tensors
import Testing

@Suite struct AugmentedSamplesTests {
  /// 40 images of 12×10 pixels, of 4 classes.
  private let originals = ImageSamples(
    LabelledImages(
      images: (0..<4800).map { UInt8(truncatingIfNeeded: $0 * 193 >> 3) },
      labels: (0..<40).map { UInt8($0 % 4) }),
    at: Array(0..<40), imageShape: ImageShape(height: 12, width: 10, channels: 1),
    classNames: (0..<4).map(String.init),
    scaling: PixelScaling(shift: [100], divisor: [50]))

  private let everything = """
    [{type: random_rotation, degrees: 20}, {type: elastic_transform, displacement: 1},
     {type: random_zoom, fraction: 0.2}, {type: gaussian_noise, stddev: 0.1},
     {type: random_apply, steps: [{type: random_translation, pixels: 2}, random_erasing]},
     {type: one_of, steps: [{type: random_brightness, fraction: 0.2},
                            {type: random_contrast, fraction: 0.5}, random_invert]},
     {type: random_shear, degrees: 10, fill_mode: nearest},
     {type: random_stroke_width, pixels: 1}, {type: cutmix}]
    """

  private func samples(_ yaml: String, seed: UInt64 = 0) throws -> AugmentedSamples {
    AugmentedSamples(originals, by: try augmentation(yaml), seed: seed)
  }

  private func input(_ source: some SampleSource, _ sample: Int, epoch: Int = 0) -> [Float] {
    var numbers = [Float](repeating: .nan, count: source.imageShape.elementCount)
    numbers.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      source.writeInput(of: sample, epoch: epoch, to: start)
    }
    return numbers
  }

  @Test func theSameBitsInEveryOrderAndOnEveryThread() throws {
    let source = try samples(everything)
    let forwards = (0..<40).map { input(source, $0, epoch: 3) }
    let backwards = (0..<40).reversed().map { input(source, $0, epoch: 3) }
    #expect(Array(backwards.reversed()) == forwards)
    let again = try samples(everything)
    let found = Mutex([Int: [Float]]())
    DispatchQueue.concurrentPerform(iterations: 40) { sample in
      let numbers = input(again, sample, epoch: 3)
      found.withLock { $0[sample] = numbers }
    }
    #expect(found.withLock { $0 } == Dictionary(uniqueKeysWithValues: zip(0..., forwards)))
  }

  @Test func newInEachEpochAndForEachSeed() throws {
    let source = try samples(everything)
    let other = try samples(everything, seed: 1)
    var seen = Set<[Float]>()
    for sample in 0..<40 {
      for epoch in 0..<5 { seen.insert(input(source, sample, epoch: epoch)) }
      seen.insert(input(other, sample))
    }
    #expect(seen.count == 40 * 6)
  }

  @Test func stepsSeePixelsBetweenBlackAndWhiteBeforeTheyAreNormalized() throws {
    let inverted = try samples("[{type: random_invert, probability: 1}]")
    for sample in 0..<40 {
      let (new, old) = (input(inverted, sample), input(originals, sample))
      // byte → 255 − byte, and then the normalization (byte − 100) / 50
      for (new, old) in zip(new, old) { #expect(abs(new - (55 / 50 - old)) < 1e-5) }
    }
    let moved = try samples("[{type: random_translation, pixels: 10000}]")
    #expect(input(moved, 0) == [Float](repeating: -2, count: 120), "what comes in is background")
  }

  @Test func `coloured images are normalized by channel, augmented or not`() throws {
    let shape = ImageShape(height: 5, width: 7, channels: 3)
    let coloured = ImageSamples(
      LabelledImages(
        images: (0..<210).map { UInt8(truncatingIfNeeded: $0 * 193 >> 3) }, labels: [0, 1]),
      at: [0, 1], imageShape: shape, classNames: (0..<2).map(String.init),
      scaling: PixelScaling(shift: [100, 0, 17], divisor: [50, 255, 3]))
    let unchanged = AugmentedSamples(
      coloured, by: try augmentation("[{type: random_brightness, fraction: 0}]"), seed: 0)
    for sample in 0..<2 {
      expectClose(input(unchanged, sample), input(coloured, sample), 1e-4)
    }
    let inverted = AugmentedSamples(
      coloured, by: try augmentation("[{type: random_invert, probability: 1}]"), seed: 0)
    let old = input(coloured, 1)
    for (place, new) in input(inverted, 1).enumerated() {
      // byte → 255 − byte, and then the normalization of its channel
      let wanted = [55 / 50, 1, 221 / 3][place % 3] - old[place]
      #expect(abs(new - wanted) < 1e-4)
    }
  }

  @Test func whatChangesNothingLeavesTheImages() throws {
    let source = try samples(
      "[{type: random_rotation, degrees: 0}, {type: random_apply, probability: 0, steps: [random_erasing]}]"
    )
    for sample in 0..<40 {
      expectClose(input(source, sample), input(originals, sample), 1e-6)
    }
  }

  @Test func labelsStay() throws {
    let source = try samples(everything)
    #expect(source.count == 40 && source.classCount == 4)
    #expect((0..<40).map(source.label) == (0..<40).map(originals.label))
  }
}
