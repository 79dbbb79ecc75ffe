import Diagnostics
import Documents

/// The version of the form of a run's files.
package struct ManifestFormat: JSONReadable, Encodable, Hashable, Sendable {
  /// It rises whenever another `exp` would misread the files.
  package let number: Int

  /// The only one that this `exp` writes and reads.
  package static let current = ManifestFormat(number: 7)

  private init(number: Int) { self.number = number }

  /// Reads a number, which must be the current one.
  package init(json: JSONNode) throws {
    number = try json.integer
    guard number == Self.current.number else { throw Other(number: number) }
  }

  /// Writes the number.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(number)
  }

  /// A format of other days.
  struct Other: Error {
    let number: Int
  }
}

/// A run was written by a version of `exp` that is newer or older than this one.
package struct OtherFormatError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file that says so.
  package let path: String
  /// The format it has.
  package let format: Int

  /// The file at `path` has a `format` that this version does not read.
  package init(path: String, format: Int) {
    self.path = path
    self.format = format
  }

  /// `'runs/a/run.json' was written by a newer exp: it has format 4, this exp reads format 3; …`
  package var description: String {
    let isNewer = format > ManifestFormat.current.number
    let wayOut =
      isNewer ? "read it with that one" : "run its spec.yaml again, or read it with that one"
    return
      "'\(path)' was written by \(isNewer ? "a newer" : "an older") exp: it has format \(format), "
      + "this exp reads format \(ManifestFormat.current.number); \(wayOut)"
  }
}

extension OtherFormatError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}
