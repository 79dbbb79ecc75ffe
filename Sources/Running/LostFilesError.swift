import Records

/// The error that files of the run were removed while it ran.
struct LostFilesError: Error, CustomStringConvertible {
  let files: [RunFile]

  var description: String {
    "its folder has lost \(files.map(\.rawValue).joined(separator: ", ")): were they removed while it ran?"
  }
}
