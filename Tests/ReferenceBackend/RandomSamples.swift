import Tensors

/// Images of random numbers in [-1, 1) with random labels.
public struct RandomSamples: SampleSource {
  public let count: Int
  public let imageShape: ImageShape
  public let classCount: Int
  private let seed: UInt64

  public init(count: Int, shape: ImageShape, classCount: Int, seed: UInt64 = 1) {
    (self.count, imageShape, self.classCount, self.seed) = (count, shape, classCount, seed)
  }

  private func stream(_ sample: Int) -> RandomStream {
    RandomStream(seed: seed, purpose: .syntheticImage, sample: sample)
  }

  public func label(of sample: Int) -> Int {
    Int(stream(sample).bits(imageShape.elementCount)) % classCount
  }

  public func writeInput(
    of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>
  ) {
    let stream = stream(sample)
    for index in 0..<imageShape.elementCount { destination[index] = 2 * stream.uniform(index) - 1 }
  }
}
