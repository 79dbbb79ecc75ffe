import Tensors

/// A file of CIFAR-10's binary version: for each image a label and then its red, its green and its blue pixels, 1,024
/// bytes each, row by row.
///
/// Source: A. Krizhevsky, 'The CIFAR-10 dataset', binary version.
package enum CIFARFile {
  package static let imageShape = ImageShape(height: 32, width: 32, channels: 3)

  private static let planeSize = imageShape.height * imageShape.width
  private static let recordSize = 1 + imageShape.elementCount

  /// Reads the images of the files `paths`, gzipped or not, one after the other: `count` in all, with labels below
  /// `classCount`.
  package static func read(
    _ paths: [String], classCount: Int, count: Int
  ) throws -> LabelledImages {
    var labels: [UInt8] = []
    labels.reserveCapacity(count)
    let pixels = try [UInt8](unsafeUninitializedCapacity: count * imageShape.elementCount) {
      pixels, written in
      for path in paths {
        let file = try InputFile(path: path)
        while let record = try nextRecord(of: file) {
          guard labels.count < count else {
            throw DatasetError(path, .otherRecordCount(expected: count))
          }
          guard Int(record[0]) < classCount else {
            throw DatasetError(path, .unknownLabel(label: Int(record[0]), index: labels.count))
          }
          labels.append(record[0])
          interleave(record.dropFirst(), to: pixels, at: written)
          written += imageShape.elementCount
        }
      }
    }
    guard labels.count == count else {
      throw DatasetError(paths.last ?? "", .otherRecordCount(expected: count))
    }
    return LabelledImages(images: pixels, labels: labels)
  }

  /// The bytes of the next image and its label; nil at the end of the file.
  private static func nextRecord(of file: InputFile) throws -> [UInt8]? {
    let record = try [UInt8](unsafeUninitializedCapacity: recordSize) { buffer, count in
      count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    guard record.isEmpty || record.count == recordSize else {
      throw DatasetError(file.path, .cutRecord)
    }
    return record.isEmpty ? nil : record
  }

  /// Puts the colours of each pixel side by side.
  private static func interleave(
    _ planes: ArraySlice<UInt8>, to pixels: UnsafeMutableBufferPointer<UInt8>, at start: Int
  ) {
    planes.withUnsafeBufferPointer { planes in
      for pixel in 0..<planeSize {
        for channel in 0..<imageShape.channels {
          pixels[start + pixel * imageShape.channels + channel] =
            planes[channel * planeSize + pixel]
        }
      }
    }
  }
}

extension DatasetError.Problem {
  static let cutRecord = Self(
    "its size is no multiple of 3073 bytes, a label and an image of CIFAR-10", hint: .copyAnew)

  static func otherRecordCount(expected: Int) -> Self {
    Self("does not lead to the \(expected) images that there should be", hint: .copyAnew)
  }
}
