/// A kind of file, or of folder, that holds images to predict.
protocol InputKind: Sendable {
  /// Its name among others: `npz files`.
  static var name: String { get }

  /// True if what lies at `path` is of this kind. `start` are the first bytes of the file; nil if it is a folder.
  static func matches(_ path: String, start: [UInt8]?) throws -> Bool

  /// The images at `path`, and notes about it for the user.
  static func read(
    _ path: String, _ preparation: ImagePreparation
  ) throws -> (contents: [InputContent], notes: [String])
}
