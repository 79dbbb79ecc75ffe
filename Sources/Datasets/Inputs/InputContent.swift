import Files
import Glibc
import Tensors

/// Something that an input holds to predict.
enum InputContent: Sendable {
  case picture(PictureInput)
  case images(ImageArray)
  /// A picture that cannot be read.
  case problem(DatasetError)
}

/// Images of one size in a file.
struct ImageArray: Sendable {
  /// The file.
  let path: String
  /// Size of each image.
  let shape: ImageShape
  let pixels: PixelStorage

  var count: Int { pixels.count / shape.elementCount }

  /// The image at `index`.
  func picture(at index: Int) -> Picture {
    let size = shape.elementCount
    return Picture(shape, pixels: pixels[index * size..<(index + 1) * size])
  }
}

extension DatasetError.Problem {
  static let noSuchInput = Self("no such file or folder", hint: .inputKinds)

  static let noImages = Self("holds no images", hint: "there is nothing to predict in it")

  static func unreadableInput(_ error: StorageError) -> Self {
    if error.isMissing { return noSuchInput }
    return error.code == EACCES ? unreadable(reason: error.reason) : unreadableInput(error.reason)
  }
}
