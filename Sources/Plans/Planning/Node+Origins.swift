import Diagnostics
import Documents
import Records
import Specs

extension Node {
  /// The origins of the values in `resolved`, which was read from this node and whose items have names. Those with
  /// their default are left out.
  func origins(of resolved: PlainValue) -> [ValueOrigin] {
    var origins: [ValueOrigin] = []
    collect(resolved, at: "", &origins)
    return origins
  }

  private func collect(_ resolved: PlainValue, at address: String, _ origins: inout [ValueOrigin]) {
    func below(_ step: String) -> String { address.isEmpty ? step : "\(address).\(step)" }
    switch (resolved, kind) {
    case (.map(let values), .map(let entries)):
      for (name, value) in values {
        guard let entry = entries.first(where: { $0.key.text == name }) else { continue }
        entry.value.collect(value, at: below(name), &origins)
      }
    case (.map(let values), .scalar):
      // A name is short for the `type`, a number for a schedule, or for one of the values: `folds: 5`.
      let keys = values.filter { $0.value == tree }.map(\.key)
      let key = keys.contains("type") ? nil : keys.first
      origins.append(
        ValueOrigin(address: key.map(below) ?? address, place: location.origin))
    case (.list(let values), .list(let items)) where values.count == items.count:
      let isPlain = items.allSatisfy { $0.text != nil }
      if isPlain { return origins.append(ValueOrigin(address: address, place: location.origin)) }
      for (index, pair) in zip(values, items).enumerated() {
        let step = pair.0.itemName ?? "\(index)"
        pair.1.collect(pair.0, at: below(step), &origins)
      }
    default: origins.append(ValueOrigin(address: address, place: location.origin))
    }
  }
}

extension RemovedValue {
  /// The origin of the default that holds in its place.
  var origin: ValueOrigin {
    ValueOrigin(address: address, place: "by default, since it is taken away at \(location.origin)")
  }
}

extension Location {
  /// The place in words: a file's line, or the argument of the command line.
  fileprivate var origin: String {
    let notes = trail.map { note in
      note.location.map { "\(note.message): \($0.inWords)" } ?? note.message
    }
    return ([inWords] + notes).joined(separator: "; ")
  }

  private var inWords: String {
    if file.path == Overrides.path { return "\(file.path) \(file.line(line) ?? "")" }
    // Another option, such as '--learning-curve', stands there with its value.
    return file.path.hasPrefix("--") ? file.path : description
  }
}
