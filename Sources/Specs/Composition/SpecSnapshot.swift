import Diagnostics
import TextLayout

/// The texts of spec files as they once were, to be read in place of the files, which may have changed since.
package struct SpecSnapshot: Codable, Hashable, Sendable {
  /// One file, under the path by which a command or another spec names it.
  struct File: Codable, Hashable {
    let path: String
    let text: String
  }

  private let files: [File]

  /// The snapshot of `sources`; of several with one path, the first.
  package init(_ sources: [SourceFile]) {
    var paths: Set<String> = []
    files = sources.filter { paths.insert($0.path).inserted }.map {
      File(path: $0.path, text: $0.text)
    }
  }

  /// The file at `path` as it was. Throws if the snapshot does not have it.
  func source(_ path: String) throws(Diagnostics) -> SourceFile {
    guard let file = files.first(where: { $0.path == path }) else {
      throw Diagnostics([
        Diagnostic(
          identifier: .fileNotFound,
          message: "the launch was made without \(path.quoted), so that it cannot be read")
      ])
    }
    return SourceFile(path: path, text: file.text)
  }
}
