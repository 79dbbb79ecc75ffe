import Records

extension Manifest {
  /// The user's tag and note on the run, those that exist.
  var labels: [(key: String, value: String)] {
    [("tag", tag), ("note", note)].compactMap { key, value in value.map { (key, $0) } }
  }

  /// The other kinds of processors on which the run went on, with the places from where.
  var otherProcessors: [(key: String, value: String)] {
    resumptions.compactMap { resumption in
      resumption.processor.map { processor in
        ("went on", "\(resumption.place) on \(processor): its bits are of no processor alone")
      }
    }
  }
}
