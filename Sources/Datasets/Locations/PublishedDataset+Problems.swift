extension DatasetError.Problem {
  package static func wrongChecksum(found: String, expected: String) -> Self {
    Self(
      "wrong contents: the SHA-256 of its decompressed bytes is \(found), expected \(expected)",
      hint: "delete the file to have it downloaded anew, or copy it again")
  }

  package static func notAvailable(
    dataset: String, files: [String], folders: [String], attempts: [String]
  ) -> Self {
    Self(
      (["dataset '\(dataset)' is not on this machine and could not be downloaded"] + attempts)
        .joined(separator: "\n  "),
      hint: "put " + files.joined(separator: ", ") + " (plain or with .gz) into one of\n"
        + folders.map { "  \($0)/\(dataset)\n" }.joined()
        + "or try the built-in data, which needs no files: "
        + "exp run experiments/synthetic-quickstart.yaml")
  }
}
