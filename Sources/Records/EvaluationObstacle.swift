import Files

/// Something that stands where a folder or file of an evaluation has to be, and that writing does not replace.
package struct EvaluationObstacle: Error, Hashable, Sendable, CustomStringConvertible {
  /// The place where it stands.
  package let path: String
  package let kind: EntryKind

  /// A thing of this `kind` stands at `path`.
  package init(path: String, kind: EntryKind) {
    self.path = path
    self.kind = kind
  }

  package var description: String {
    switch kind {
    case .folder: "'\(path)' is a folder, where a file has to be"
    case .file: "'\(path)' is a file, where a folder has to be"
    case .link: "'\(path)' is a link, where a folder has to be"
    case .other: "'\(path)' is neither file nor folder"
    }
  }
}
