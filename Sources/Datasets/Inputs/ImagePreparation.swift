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
  /// Those of the dataset, with the colours and, if it resizes, the size that the network takes.
  private let fields: PictureFields

  /// The preparation for a network that takes images of `imageShape` and was trained on `dataset`.
  ///
  /// Throws a `DatasetError` if digits are to be found for a network that does not take images of MNIST's size.
  package init(
    for dataset: any DatasetSpec, imageShape: ImageShape, findsDigits: Bool = false
  ) throws(DatasetError) {
    if findsDigits, !HandwrittenDigit.fits(imageShape) {
      throw DatasetError("", .noDigits(imageShape))
    }
    var fields = dataset.pictureFields ?? PictureFields()
    fields.colorMode = ColorMode(channels: imageShape.channels)
    if fields.imageSize != nil {
      fields.imageSize = Pair(height: imageShape.height, width: imageShape.width)
    }
    self.imageShape = imageShape
    self.findsDigits = findsDigits
    self.fields = fields
    table = dataset as? CSVTable ?? CSVTable()
  }

  /// True if `other` makes the same images of the pictures in `inputs`, and finds them in the same columns of the tables
  /// among these.
  package func agrees(with other: ImagePreparation, on inputs: [String]) -> Bool {
    imageShape == other.imageShape && findsDigits == other.findsDigits
      && fields.resizing == other.fields.resizing && fields.background == other.fields.background
      && ((table.label, table.image, table.header, table.group)
        == (other.table.label, other.table.image, other.table.header, other.table.group)
        || !inputs.contains(where: UnlabelledTable.isNamed))
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
    guard findsDigits || fields.resizing != nil || isSized else {
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
          ? .unreadableInput(error.reason, hint: error.hint)
          : .noMemoryForPicture(reason: error.reason))
    }
    return try image(of: picture, path)
  }

  private func picture(decoding bytes: [UInt8]) throws(PictureError) -> Picture {
    let picture = try Picture(decoding: bytes, on: findsDigits ? 255 : UInt8(fields.background))
    guard findsDigits, picture.isTransparent, HandwrittenDigit(in: picture) == nil else {
      return picture
    }
    // A drawing on a transparent ground may be white.
    return try Picture(decoding: bytes, on: 0)
  }

  /// Likewise, for `picture`.
  func image(of picture: Picture, _ path: String) throws(DatasetError) -> [UInt8] {
    try check(picture.shape, of: path)
    guard findsDigits else { return fields.image(of: picture).pixels }
    guard let digit = HandwrittenDigit(in: picture) else { throw DatasetError(path, .noDigit) }
    return fields.colorMode == .rgb ? digit.picture.rgb.pixels : digit.picture.pixels
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

  static func unreadableInput(_ reason: String, hint: String = .inputKinds) -> Self {
    Self(reason, hint: hint)
  }
}
