import Files
import TextLayout

extension DatasetError {
  /// Throws unless the disk has room for `byteCount` more bytes of the file `name` in `folder`.
  static func requireSpace(_ byteCount: Int, for name: String, in folder: String) throws {
    let free = try Storage.freeByteCount(in: folder)
    guard byteCount > free else { return }
    throw DatasetError("\(folder)/\(name)", .noSpace(needed: byteCount, free: free))
  }
}

extension DatasetError.Problem {
  package static func wrongChecksum(
    kind: String = "SHA-256 of its decompressed bytes", found: String, expected: String
  ) -> Self {
    Self(
      "wrong contents: the \(kind) is \(found), expected \(expected)",
      hint: "delete the file to have it downloaded anew, or copy it again")
  }

  static func notAvailable(
    _ dataset: PublishedDataset, folders: [String], attempts: [String]
  ) -> Self {
    let mayBePlain = dataset.files.allSatisfy(\.isMember)
    return Self(
      (["dataset '\(dataset.type)' is not on this machine and could not be downloaded"] + attempts)
        .joined(separator: "\n  "),
      hint: "put " + dataset.files.map(\.title).joined(separator: ", ")
        + (mayBePlain ? " (plain or with .gz)" : "") + " into one of\n"
        + folders.map { "  \($0)/\(dataset.type)\n" }.joined()
        + "or try the built-in data, which needs no files: "
        + "exp run experiments/synthetic-quickstart.yaml")
  }

  static func noSpace(needed: Int, free: Int) -> Self {
    Self(
      "needs \(needed.bytesInWords) of disk space, and \(free.bytesInWords) are free",
      hint: "make room, or set XDG_CACHE_HOME to a folder on another disk",
      exitStatus: .inputOutput)
  }

  static func lacksFile(_ name: String) -> Self {
    Self("has no file '\(name)' in it", hint: .copyAnew)
  }

  static func otherDataset(found: String, expected: String) -> Self {
    Self(
      "these are the files of another dataset: they hold \(found), expected \(expected)",
      hint:
        "use '{type: idx, path: …}' for files of your own; 'exp data verify' compares published ones"
    )
  }
}
