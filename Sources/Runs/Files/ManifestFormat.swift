/// The version of what run.json and the files beside it look like.
public struct ManifestFormat: JSONReadable, Encodable, Hashable, Sendable {
  /// It rises whenever an older `exp` would misread the files.
  public let number: Int

  /// What this `exp` writes, and the highest that it reads.
  public static let current = ManifestFormat(number: 1)

  private init(number: Int) { self.number = number }

  /// Reads a number, which must not be higher than the current one.
  init(json: JSONNode) throws {
    number = try json.integer
    guard number <= Self.current.number else { throw Newer(number: number) }
  }

  /// Writes the number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(number)
  }

  /// A format of later days.
  struct Newer: Error {
    let number: Int
  }
}

/// A run was written by a version of `exp` that is newer than this one.
public struct NewerFormatError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file that says so.
  public let path: String
  /// The format it has.
  public let format: Int

  /// The file at `path` has a `format` that is not known yet.
  public init(path: String, format: Int) { (self.path, self.format) = (path, format) }

  /// `'runs/a/run.json' was written by a newer exp: it has format 2, this exp reads up to 1`.
  public var description: String {
    "'\(path)' was written by a newer exp: it has format \(format), "
      + "this exp reads up to \(ManifestFormat.current.number)"
  }
}
