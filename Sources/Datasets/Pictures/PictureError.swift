/// A file that cannot be decoded as a picture.
package struct PictureError: Error, Equatable, CustomStringConvertible {
  /// The reason in a few words, with the way out where there is one.
  package let reason: String

  /// Advice for the user.
  let hint: String

  /// False if there was no memory to decode it, so that nothing is known of the file.
  package let isDefect: Bool

  init(_ reason: String, hint: String = .inputKinds, isDefect: Bool = true) {
    self.reason = reason
    self.hint = hint
    self.isDefect = isDefect
  }

  static let noMemory = PictureError("there is no memory to decode it", isDefect: false)

  /// `a CMYK JPEG; convert it to RGB`
  package var description: String { reason }
}
