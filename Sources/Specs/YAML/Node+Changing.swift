import Diagnostics
import Documents

extension Node {
  /// A map without the entry of `key`.
  package func removing(_ key: String) -> Node {
    guard self[key] != nil else { return self }
    return Node(.map(entries.filter { $0.key.text != key }), at: location)
  }

  /// A map with `value` behind `key`, in the place of what stands there or at its end; a name is short for `{type: name}`.
  package func replacing(_ key: String, by value: Node) -> Node {
    var entries = (isShortForm ? asMap : self).entries
    if let index = entries.firstIndex(where: { $0.key.text == key }) {
      entries[index] = Entry(key: entries[index].key, value: value)
    } else {
      entries.append(
        Entry(key: Node(.scalar(key, isPlain: true), at: value.location), value: value))
    }
    return Node(.map(entries), at: location)
  }

  /// A copy of which every diagnostic says how it came to be used, before all that it says of that already.
  package func with(trail: [Diagnostic.Note]) -> Node {
    let kind: Kind =
      switch kind {
      case .scalar, .unusable: kind
      case .list(let items): .list(items.map { $0.with(trail: trail) })
      case .map(let entries):
        .map(
          entries.map { Entry(key: $0.key.with(trail: trail), value: $0.value.with(trail: trail)) })
      }
    let place = Location(
      file: location.file, line: location.line, column: location.column,
      trail: trail + location.trail)
    return Node(kind, at: place)
  }

  /// The values as YAML's core schema reads them, which knows of no types that are wanted.
  package var tree: PlainValue {
    switch kind {
    case .scalar where isNull: .null
    case .scalar("true", isPlain: true): .bool(true)
    case .scalar("false", isPlain: true): .bool(false)
    case .scalar(let text, isPlain: true):
      Int(text).map { .integer($0) } ?? Double(yaml: text).map { .number($0) } ?? .string(text)
    case .scalar(let text, isPlain: false): .string(text)
    case .list(let items): .list(items.map(\.tree))
    case .map(let entries): .map(entries.map { ($0.key.text ?? "", $0.value.tree) })
    case .unusable: .null
    }
  }

  /// The number of nodes, and of levels.
  package var extent: (count: Int, height: Int) {
    let children =
      switch kind {
      case .scalar, .unusable: [Node]()
      case .list(let items): items
      case .map(let entries): entries.map(\.value)
      }
    return children.reduce((count: 1, height: 1)) { extent, child in
      let own = child.extent
      return (extent.count + own.count, max(extent.height, own.height + 1))
    }
  }

  /// True if this is a name that is short for `{type: name}`.
  var isShortForm: Bool {
    guard case .scalar(let text, _) = kind, !isNull else { return false }
    return text.first?.isLetter == true
  }

  /// A name as the map that it is short for.
  var asMap: Node {
    let key = Node(.scalar("type", isPlain: true), at: location)
    return Node(.map([Entry(key: key, value: self)]), at: location)
  }
}
