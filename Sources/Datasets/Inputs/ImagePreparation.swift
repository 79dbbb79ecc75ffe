import Diagnostics
import Specs
import Tensors
import TextLayout

/// The way in which pictures become the images that a network takes: the same as when it was trained.
package struct ImagePreparation: Sendable {
  /// Size of the images that the network takes.
  let imageShape: ImageShape
  /// The dataset whose fields name the columns of tables.
  let table: CSVTable
  /// True if pictures show a handwritten digit, to be laid out as those of MNIST are.
  private let findsDigits: Bool
  private let resizing: PictureResizing?
  /// The grey behind transparent pixels.
  private let background: UInt8

  /// The preparation for a network that takes images of `imageShape` and was trained on `dataset`.
  ///
  /// Throws a `DatasetError` if digits are to be found for a network that does not take images of MNIST's size.
  package init(
    for dataset: any DatasetSpec, imageShape: ImageShape, findsDigits: Bool = false
  ) throws(DatasetError) {
    if findsDigits, !HandwrittenDigit.fits(imageShape) {
      throw DatasetError("", .noDigits(imageShape))
    }
    let fields = (dataset as? any PictureDataset)?.pictures ?? PictureFields()
    self.imageShape = imageShape
    self.findsDigits = findsDigits
    table = dataset as? CSVTable ?? CSVTable()
    background = UInt8(fields.background)
    resizing =
      fields.imageSize == nil
      ? nil
      : PictureResizing(
        to: Pair(height: imageShape.height, width: imageShape.width), fit: fields.fit,
        interpolation: fields.interpolation, background: background)
  }

  /// True if `other` makes the same images of the same pictures.
  package func agrees(with other: ImagePreparation) -> Bool {
    imageShape == other.imageShape && findsDigits == other.findsDigits
      && resizing == other.resizing && background == other.background
  }

  /// True if images of `shape` need no change.
  func keeps(_ shape: ImageShape) -> Bool { shape == imageShape && !findsDigits }

  /// Throws unless images of `shape` can become such as the network takes; `path` is their file.
  func check(_ shape: ImageShape, of path: String) throws(DatasetError) {
    if keeps(shape) { return }
    guard [shape.channels, imageShape.channels].allSatisfy([1, 3].contains) else {
      throw DatasetError(path, .otherChannels(shape, wanted: imageShape))
    }
    let isSized = shape.height == imageShape.height && shape.width == imageShape.width
    guard findsDigits || resizing != nil || isSized else {
      throw DatasetError(path, .otherSize(shape, wanted: imageShape))
    }
  }

  /// The image that the network takes for the picture file `bytes`, which is called `path`.
  func image(decoding bytes: [UInt8], _ path: String) throws(DatasetError) -> [UInt8] {
    let picture: Picture
    do throws(PictureError) {
      picture = try self.picture(decoding: bytes)
    } catch {
      throw DatasetError(
        path,
        error.isDefect
          ? .unreadableInput(error.reason) : .noMemoryForPicture(reason: error.reason))
    }
    return try image(of: picture, path)
  }

  private func picture(decoding bytes: [UInt8]) throws(PictureError) -> Picture {
    let picture = try Picture(decoding: bytes, on: findsDigits ? 255 : background)
    guard findsDigits, picture.isTransparent, HandwrittenDigit(in: picture) == nil else {
      return picture
    }
    // A drawing on a transparent ground may be white.
    return try Picture(decoding: bytes, on: 0)
  }

  /// Likewise, for `picture`.
  func image(of picture: Picture, _ path: String) throws(DatasetError) -> [UInt8] {
    try check(picture.shape, of: path)
    var image = picture
    if findsDigits {
      guard let digit = HandwrittenDigit(in: picture) else { throw DatasetError(path, .noDigit) }
      image = digit.picture
    } else {
      if imageShape.channels == 1 { image = image.grayscale }
      image = resizing?.resized(image) ?? image
    }
    // Three equal channels would be resized alike.
    return imageShape.channels == 3 ? image.rgb.pixels : image.pixels
  }
}

extension DatasetError.Problem {
  static func noDigits(_ shape: ImageShape) -> Self {
    Self(
      "'--prepare digits' makes images of 28×28 pixels, but the network takes \(shape)",
      hint: "leave it out, or take a run that was trained on MNIST", exitStatus: .usage)
  }

  static let noDigit = Self(
    "shows no digit: no stroke stands out from the paper",
    hint: "draw darker, or cut the picture out around the digit")

  static func otherSize(_ shape: ImageShape, wanted: ImageShape) -> Self {
    Self(
      "is \(shape.height)×\(shape.width) pixels (height × width), but the network takes \(wanted.height)×\(wanted.width)",
      hint: HandwrittenDigit.fits(wanted)
        ? "the run's data does not say how to resize: do it before, or add '--prepare digits' for handwritten ones"
        : "the run's data does not say how to resize (no 'image_size'): do it before")
  }

  static func otherChannels(_ shape: ImageShape, wanted: ImageShape) -> Self {
    Self(
      "has images of \(shape), but the network takes \(wanted)",
      hint: "give it images with \(counted(wanted.channels, "channel"))")
  }

  static func unreadableInput(_ reason: String) -> Self {
    Self(reason, hint: "inputs are PNG and JPEG pictures, folders of them, CSV, npz and IDX files")
  }
}
