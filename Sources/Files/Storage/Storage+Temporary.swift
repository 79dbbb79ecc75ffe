import Glibc

extension Storage {
  /// Creates a temporary folder below `$TMPDIR` or else `/tmp`, which no other user can access.
  package static func createTemporaryFolder() throws(StorageError) -> String {
    let place = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    let template = "\(place.isEmpty ? "/tmp" : place)/exp-XXXXXX"
    var bytes = Array(template.utf8CString)
    return try bytes.withUnsafeMutableBufferPointer { buffer throws(StorageError) in
      guard let start = buffer.baseAddress, mkdtemp(start) != nil else {
        throw StorageError(.create, template)
      }
      return String(cString: start)
    }
  }
}
