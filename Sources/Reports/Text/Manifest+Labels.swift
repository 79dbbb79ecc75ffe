import Records

extension Manifest {
  /// The user's tag and note on the run, those that exist.
  var labels: [(key: String, value: String)] {
    [("tag", tag), ("note", note)].compactMap { key, value in value.map { (key, $0) } }
  }
}
