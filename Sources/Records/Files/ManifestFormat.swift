import Diagnostics
import Documents

/// The version of what run.json and the files beside it look like.
package struct ManifestFormat: JSONReadable, Encodable, Hashable, Sendable {
  /// It rises whenever an older `exp` would misread the files.
  package let number: Int

  /// What this `exp` writes, and the highest that it reads.
  package static let current = ManifestFormat(number: 1)

  private init(number: Int) { self.number = number }

  /// Reads a number, which must not be higher than the current one.
  package init(json: JSONNode) throws {
    number = try json.integer
    guard number <= Self.current.number else { throw Newer(number: number) }
  }

  /// Writes the number.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(number)
  }

  /// A format of later days.
  struct Newer: Error {
    let number: Int
  }
}

/// A run was written by a version of `exp` that is newer than this one.
package struct NewerFormatError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file that says so.
  package let path: String
  /// The format it has.
  package let format: Int

  /// The file at `path` has a `format` that is not known yet.
  package init(path: String, format: Int) { (self.path, self.format) = (path, format) }

  /// `'runs/a/run.json' was written by a newer exp: it has format 2, this exp reads up to 1`.
  package var description: String {
    "'\(path)' was written by a newer exp: it has format \(format), "
      + "this exp reads up to \(ManifestFormat.current.number)"
  }
}

extension NewerFormatError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}
