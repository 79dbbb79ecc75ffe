import Tensors

/// Images of random numbers in [-1, 1) with random labels.
package struct RandomSamples: SampleSource {
  package let count: Int
  package let imageShape: ImageShape
  package let classCount: Int
  private let seed: UInt64

  package init(count: Int, shape: ImageShape, classCount: Int, seed: UInt64 = 1) {
    (self.count, imageShape, self.classCount, self.seed) = (count, shape, classCount, seed)
  }

  private func stream(_ sample: Int) -> RandomStream {
    RandomStream(seed: seed, purpose: .syntheticImage, sample: sample)
  }

  package func label(of sample: Int) -> Int {
    Int(stream(sample).bits(imageShape.elementCount)) % classCount
  }

  package func writeInput(
    of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>
  ) {
    let stream = stream(sample)
    for index in 0..<imageShape.elementCount { destination[index] = 2 * stream.uniform(index) - 1 }
  }
}
