import Diagnostics

/// An inherited value that a file or the command line takes away by setting nothing in its place.
package struct RemovedValue: Sendable {
  /// The value's address.
  package let address: String
  /// The place of the `~` in its stead.
  package let location: Location
}

extension Node {
  /// This tree with `later` laid over it: maps are merged key by key, everything else is replaced, and a key with nothing
  /// behind it takes away what it inherits, which is added to `removed`.
  ///
  /// A map with another `type` is another thing, and replaces too. A name stands for `{type: name}`.
  func merged(with later: Node, removing removed: inout [RemovedValue]) -> Node {
    merged(with: later, at: "", &removed)
  }

  private func merged(
    with later: Node, at address: String, _ removed: inout [RemovedValue]
  ) -> Node {
    guard case .map(let changes) = later.kind else { return later }
    let base = isShortForm ? asMap : self
    guard case .map(var entries) = base.kind,
      later.typeName == nil || later.typeName == base.typeName
    else { return later }
    for change in changes {
      guard let index = entries.firstIndex(where: { $0.key.text == change.key.text }) else {
        entries.append(change)
        continue
      }
      let (key, inherited) = (change.key.text ?? "", entries[index].value)
      let place = address.isEmpty ? key : "\(address).\(key)"
      if change.value.isNull, !inherited.isNull {
        removed.append(RemovedValue(address: place, location: change.value.location))
        entries.remove(at: index)
      } else {
        let value = inherited.merged(with: change.value, at: place, &removed)
        entries[index] = Entry(key: change.key, value: value)
      }
    }
    return Node(.map(entries), at: later.location)
  }
}
