import Records

extension Manifest {
  /// The user's tag and note on `run`, whose manifest this is, those that exist.
  func labels(of run: RunRecord) -> [(key: String, value: String)] {
    [("tag", run.tag), ("note", note)].compactMap { key, value in value.map { (key, $0) } }
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
