public import Tensors

/// Some of a dataset's images, normalized when they are read.
public struct ImageSamples: SampleSource {
  public let imageShape: ImageShape
  public let classCount: Int
  /// Which images of the dataset's part these are: sample `i` is image `indices[i]`.
  public let indices: [Int]
  private let part: LabelledImages
  private let table: [Float]

  /// The images of `part` at `indices`, their bytes mapped by `scaling`.
  public init(
    _ part: LabelledImages, at indices: [Int], imageShape: ImageShape, classCount: Int,
    scaling: PixelScaling
  ) {
    precondition(indices.allSatisfy { part.labels.indices.contains($0) })
    precondition(part.images.count == part.count * imageShape.elementCount)
    self.part = part
    self.indices = indices
    self.imageShape = imageShape
    self.classCount = classCount
    table = scaling.table
  }

  public var count: Int { indices.count }

  public func label(of sample: Int) -> Int { Int(part.labels[indices[sample]]) }

  public func writeInput(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>) {
    let size = imageShape.elementCount
    let start = indices[sample] * size
    // Bounds are those that `init` checked; a check for each pixel would take most of the time.
    part.images.withUnsafeBufferPointer { images in
      table.withUnsafeBufferPointer { table in
        for position in 0..<size {
          destination[position] = table[Int(images[start &+ position])]
        }
      }
    }
  }
}
