import Records

extension Manifest {
  /// What the user calls the run, and says about it, where that is so.
  var labels: [(key: String, value: String)] {
    [("tag", tag), ("note", note)].compactMap { key, value in value.map { (key, $0) } }
  }
}
