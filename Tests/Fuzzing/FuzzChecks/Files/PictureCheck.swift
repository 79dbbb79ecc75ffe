import Datasets
import Specs
import Tensors

/// What must hold for a picture file that may contain anything.
struct PictureCheck: FileCheck {
  let seed: String
  private let file = temporaryFolder() + "/picture"
  private let digits = mustSucceed {
    try ImagePreparation(
      for: IDXFolder(), imageShape: ImageShape(height: 28, width: 28, channels: 1),
      findsDigits: true)
  }

  /// A few pixels: what takes long is the libraries' own code.
  private static let largest = 1 << 18

  /// A check with inputs for `file`, whose ending says what the first ones are.
  init(_ file: String) {
    seed = SeedFolder.pictures.path(of: file)
  }

  func check(_ bytes: [UInt8]) {
    checkPicture(bytes)
    // Behind a wrong checksum nothing else is looked at.
    if let mended = pngWithChecksums(bytes) { checkPicture(mended) }
  }

  private func checkPicture(_ bytes: [UInt8]) {
    guard let picture = picture(bytes) else { return }
    write(bytes, to: file)
    checkAsInput(file, digits)
    let count = picture.shape.elementCount
    precondition(picture.pixels.count == count && count > 0 && count <= 3 * Self.largest)
    precondition(picture == self.picture(bytes), "decoded again, it is another picture")
    for fit in PictureFit.allCases {
      for interpolation in PictureInterpolation.allCases {
        let resizing = PictureResizing(
          to: Pair(height: 5, width: 9), fit: fit, interpolation: interpolation)
        let resized = resizing.resized(picture)
        precondition(resized.pixels.count == 45 * picture.shape.channels)
        precondition(resized.grayscale.pixels.count == 45)
      }
    }
  }

  private func picture(_ bytes: [UInt8]) -> Picture? {
    do {
      return try Picture(decoding: bytes, largest: Self.largest)
    } catch {
      precondition(!error.reason.isEmpty, "an error without a reason")
      return nil
    }
  }
}
