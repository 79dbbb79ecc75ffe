extension Node {
  /// This tree with `later` laid over it: maps are merged key by key, everything else is replaced.
  ///
  /// A map with another `type` is another thing, and replaces too. A name stands for `{type: name}`.
  func merged(with later: Node) -> Node {
    guard case .map(let changes) = later.kind else { return later }
    let base = isShortForm ? asMap : self
    guard case .map(var entries) = base.kind,
      later.typeName == nil || later.typeName == base.typeName
    else { return later }
    for change in changes {
      if let index = entries.firstIndex(where: { $0.key.text == change.key.text }) {
        let value = entries[index].value.merged(with: change.value)
        entries[index] = Entry(key: change.key, value: value)
      } else {
        entries.append(change)
      }
    }
    return Node(.map(entries), at: later.location)
  }
}
