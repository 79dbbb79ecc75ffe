import Files

extension RunFolder {
  /// The tag that the run was given after its end, in a file of its own, so that no record changes; nil if there is none.
  func givenTag() throws -> String? {
    guard Storage.isFile(path(of: .tag)) else { return nil }
    let text = try text(of: .tag)
    let tag = text.hasSuffix("\n") ? String(text.dropLast()) : text
    guard ExperimentName.isValid(tag) else {
      throw DamagedFileError(path: path(of: .tag), reason: "a tag \(ExperimentName.rule)")
    }
    return tag
  }

  /// Gives the run a tag in place of its own; nil: its own holds again.
  package func give(tag: String?) throws {
    if let tag {
      try write(tag + "\n", to: .tag)
    } else if contains(.tag) {
      try opened().removeFile(RunFile.tag.rawValue)
    }
  }
}
