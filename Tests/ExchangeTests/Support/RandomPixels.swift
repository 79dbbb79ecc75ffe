import Exchange
import Tensors

/// Images of random bytes, scaled as a model reads them.
struct RandomPixels: SampleSource {
  let count: Int
  let model: ExportedModel
  var imageShape: ImageShape { model.graph.inputShape }
  var classCount: Int { model.graph.classCount }

  func label(of sample: Int) -> Int { 0 }

  func bytes(of sample: Int) -> [Float] {
    let stream = RandomStream(seed: 5, purpose: .syntheticImage, sample: sample)
    return (0..<imageShape.elementCount).map { Float(stream.bits($0) % 256) }
  }

  func numbers(of sample: Int) -> [Float] {
    bytes(of: sample).enumerated().map { place, byte in
      let channel = place % imageShape.channels
      return Float((Double(byte) - model.shift[channel]) / model.divisor[channel])
    }
  }

  func writeInput(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>) {
    for (place, number) in numbers(of: sample).enumerated() { destination[place] = number }
  }
}
