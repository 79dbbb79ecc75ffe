import Tensors

/// Some of a dataset's images, normalized when they are read.
package struct ImageSamples: SampleSource {
  package let imageShape: ImageShape
  package let classCount: Int
  /// The indices in the dataset's part: sample `i` is image `indices[i]`.
  package let indices: [Int]
  /// The map from their bytes to the numbers that a network reads.
  let scaling: PixelScaling
  private let part: LabelledImages
  private let table: [Float]

  /// The images of `part` at `indices`, their bytes mapped by `scaling`.
  package init(
    _ part: LabelledImages, at indices: [Int], imageShape: ImageShape, classCount: Int,
    scaling: PixelScaling
  ) {
    precondition(indices.allSatisfy { part.labels.indices.contains($0) })
    precondition(part.images.count == part.count * imageShape.elementCount)
    self.part = part
    self.indices = indices
    self.imageShape = imageShape
    self.classCount = classCount
    self.scaling = scaling
    table = scaling.table
  }

  package var count: Int { indices.count }

  package func label(of sample: Int) -> Int { Int(part.labels[indices[sample]]) }

  package func writeInput(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>) {
    table.withUnsafeBufferPointer { table in
      write(sample, to: destination) { table[Int($0)] }
    }
  }

  /// Writes the pixels of `sample` to `destination`, from 0 to 1.
  func writePixels(of sample: Int, to destination: UnsafeMutablePointer<Float>) {
    write(sample, to: destination) { Float($0) * (1 / 255) }
  }

  /// `sample` as the dataset has it, before any normalization.
  package func picture(of sample: Int) -> PNGImage {
    PNGImage(imageShape, pixels: part.bytes(of: indices[sample]))
  }

  @inline(__always)
  private func write(
    _ sample: Int, to destination: UnsafeMutablePointer<Float>, as number: (UInt8) -> Float
  ) {
    let size = imageShape.elementCount
    let start = indices[sample] * size
    // Bounds are those that `init` checked; a check for each pixel would take most of the time.
    guard let image = part.images.bytes.baseAddress?.advanced(by: start) else { return }
    for position in 0..<size {
      destination[position] = number(image.load(fromByteOffset: position, as: UInt8.self))
    }
  }
}
