import Diagnostics
import Documents
import Records
import Specs

extension Node {
  /// Where the values of `resolved`, which was read from this node, come from. Those with their default are left out.
  func origins(of resolved: PlainValue) -> [SpecOrigin] {
    var origins: [SpecOrigin] = []
    collect(resolved, at: "", &origins)
    return origins
  }

  private func collect(_ resolved: PlainValue, at key: String, _ origins: inout [SpecOrigin]) {
    func below(_ step: String) -> String { key.isEmpty ? step : "\(key).\(step)" }
    switch (resolved, kind) {
    case (.map(let values), .map(let entries)):
      for (name, value) in values {
        guard let entry = entries.first(where: { $0.key.text == name }) else { continue }
        entry.value.collect(value, at: below(name), &origins)
      }
    case (.map, .scalar):
      // A name is short for the `type`, a number for a schedule.
      origins.append(SpecOrigin(key: key, place: location.origin))
    case (.list(let values), .list(let items)) where values.count == items.count:
      let isPlain = items.allSatisfy { $0.text != nil }
      if isPlain { return origins.append(SpecOrigin(key: key, place: location.origin)) }
      for (index, pair) in zip(values, items).enumerated() {
        pair.1.collect(pair.0, at: below("\(index)"), &origins)
      }
    default: origins.append(SpecOrigin(key: key, place: location.origin))
    }
  }
}

extension Location {
  /// The place in words: a file's line, or what the command line says.
  fileprivate var origin: String {
    let notes = trail.map { note in
      note.location.map { "\(note.message): \($0.inWords)" } ?? note.message
    }
    return ([inWords] + notes).joined(separator: "; ")
  }

  private var inWords: String {
    file.path == Overrides.path ? "\(file.path) \(file.line(line) ?? "")" : description
  }
}
