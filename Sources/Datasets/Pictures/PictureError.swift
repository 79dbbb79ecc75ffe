/// A file that cannot be decoded as a picture.
package struct PictureError: Error, Equatable, CustomStringConvertible {
  /// The reason in a few words, with the way out where there is one.
  package let reason: String

  init(_ reason: String) { self.reason = reason }

  /// `a CMYK JPEG; convert it to RGB`
  package var description: String { reason }
}
