import Tensors

/// Some of a dataset's images, normalized when they are read.
package struct ImageSamples: SampleSource {
  package let imageShape: ImageShape
  package let classNames: [String]
  /// The indices in the dataset's part: sample `i` is image `indices[i]`.
  package let indices: [Int]
  /// The map from their bytes to the numbers that a network reads.
  let scaling: PixelScaling
  private let part: LabelledImages
  private let tables: [Float]

  /// The images of `part` at `indices`, their bytes mapped by `scaling`.
  package init(
    _ part: LabelledImages, at indices: [Int], imageShape: ImageShape, classNames: [String],
    scaling: PixelScaling
  ) {
    precondition(indices.allSatisfy { part.labels.indices.contains($0) })
    precondition(part.images.count == part.count * imageShape.elementCount)
    precondition(scaling.shift.count == imageShape.channels)
    self.part = part
    self.indices = indices
    self.imageShape = imageShape
    self.classNames = classNames
    self.scaling = scaling
    tables = scaling.tables
  }

  /// Those of these samples that are named, each as often.
  func samples(_ samples: [Int]) -> ImageSamples {
    ImageSamples(
      part, at: samples.map { indices[$0] }, imageShape: imageShape, classNames: classNames,
      scaling: scaling)
  }

  /// The class of each sample.
  package var labels: [Int] { (0..<count).map(label) }

  package var count: Int { indices.count }
  package var classCount: Int { classNames.count }

  /// The file of each sample; nil where images have none.
  package var names: [String]? { part.names.map { names in indices.map { names[$0] } } }

  /// The file of `sample`; nil where images have none.
  func name(of sample: Int) -> String? { part.names?[indices[sample]] }

  /// The pixels of `sample` as the dataset has them.
  func bytes(of sample: Int) -> UnsafeRawBufferPointer { part.bytes(of: indices[sample]) }

  /// The mean and the population's standard deviation of each channel's bytes.
  var moments: [(mean: Double, deviation: Double)] {
    PixelScaling.moments(of: part, at: indices, channels: imageShape.channels)
  }

  package func label(of sample: Int) -> Int { Int(part.labels[indices[sample]]) }

  package func writeInput(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>) {
    tables.withUnsafeBufferPointer { tables in
      if tables.count == 256 {
        write(sample, to: destination) { tables[Int($0)] }
      } else {
        write(sample, to: destination, by: tables)
      }
    }
  }

  /// Writes the pixels of `sample` to `destination`, from 0 to 1.
  func writePixels(of sample: Int, to destination: UnsafeMutablePointer<Float>) {
    write(sample, to: destination) { Float($0) * (1 / 255) }
  }

  /// `sample` as the dataset has it, before any normalization.
  package func picture(of sample: Int) -> Picture {
    Picture(imageShape, pixels: bytes(of: sample))
  }

  @inline(__always)
  private func write(
    _ sample: Int, to destination: UnsafeMutablePointer<Float>, as number: (UInt8) -> Float
  ) {
    // Bounds are those that `init` checked; a check for each pixel would take most of the time.
    guard let image = start(of: sample) else { return }
    for position in 0..<imageShape.elementCount {
      destination[position] = number(image.load(fromByteOffset: position, as: UInt8.self))
    }
  }

  /// Writes `sample` by the `tables` of its channels.
  private func write(
    _ sample: Int, to destination: UnsafeMutablePointer<Float>,
    by tables: UnsafeBufferPointer<Float>
  ) {
    guard let image = start(of: sample) else { return }
    let channels = imageShape.channels
    for pixel in 0..<imageShape.height * imageShape.width {
      for channel in 0..<channels {
        let position = pixel * channels + channel
        let byte = image.load(fromByteOffset: position, as: UInt8.self)
        destination[position] = tables[channel << 8 | Int(byte)]
      }
    }
  }

  private func start(of sample: Int) -> UnsafeRawPointer? {
    part.images.bytes.baseAddress?.advanced(by: indices[sample] * imageShape.elementCount)
  }
}
