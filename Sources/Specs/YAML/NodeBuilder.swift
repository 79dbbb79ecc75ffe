import Diagnostics
import TextLayout

/// Makes the tree of nodes from libyaml's events, within limits and without recursion.
struct NodeBuilder {
  private let part: SourcePart
  private let limits: YAMLLimits
  private var open: [Collection] = []
  private var anchors: [String: Subtree] = [:]

  /// Nodes so far, those behind an alias counted each time.
  private var count = 0

  init(_ part: SourcePart, limits: YAMLLimits) {
    self.part = part
    self.limits = limits
  }

  mutating func build(_ diagnostics: inout Diagnostics) throws(Diagnostic) -> Node {
    let parser = YAMLParser(part)
    var root: Node?
    while true {
      let event = try parser.next()
      if let tag = event.tag {
        diagnostics.error(
          .yamlTag, "tags such as \(tag.quoted) are not supported", at: event.location,
          hint: "remove the tag")
      }
      switch event.kind {
      case .documentStart:
        if let root { throw secondDocument(at: event.location, first: root.location) }
      case .listStart, .mapStart:
        open.append(Collection(event))
        guard open.count <= limits.depth else { throw tooDeep(at: event.location) }
      case .scalar(let text, let isPlain):
        let node = Node(.scalar(text, isPlain: isPlain), at: event.location)
        let subtree = Subtree(node: node, count: 1, height: 0)
        if let anchor = event.anchor { anchors[anchor] = subtree }
        root = try place(subtree, at: event.location, &diagnostics) ?? root
      case .alias(let name):
        let subtree = try resolve(name, at: event.location)
        root = try place(subtree, at: event.location, &diagnostics) ?? root
      case .collectionEnd:
        guard let closed = open.popLast() else { preconditionFailure("an end without a start") }
        if let anchor = closed.anchor { anchors[anchor] = closed.subtree }
        root = try place(closed.subtree, at: closed.location, &diagnostics) ?? root
      case .streamEnd:
        guard let root else { throw empty }
        return root
      }
    }
  }

  /// Puts a finished node into the collection around it; returns it if there is none.
  private mutating func place(
    _ subtree: Subtree, at location: Location, _ diagnostics: inout Diagnostics
  ) throws(Diagnostic) -> Node? {
    guard !open.isEmpty else { return subtree.node }
    if case .alias = subtree.origin { count += subtree.count } else { count += 1 }
    guard count <= limits.nodes else { throw tooMany(at: location) }
    guard open.count + subtree.height <= limits.depth else { throw tooDeep(at: location) }
    open[open.count - 1].add(subtree, &diagnostics)
    return nil
  }

  private func resolve(_ name: String, at location: Location) throws(Diagnostic) -> Subtree {
    if let around = open.last(where: { $0.anchor == name }) {
      throw Diagnostic(
        identifier: .aliasOfItself, message: "'*\(name)' stands inside of what it repeats",
        location: location, notes: [.init("'&\(name)' is here", at: around.location)])
    }
    guard var subtree = anchors[name] else {
      let near = Suggestions.nearest(to: name, among: anchors.keys.sorted())
      throw Diagnostic(
        identifier: .unknownAnchor, message: "no '&\(name)' before this '*\(name)'",
        location: location, hint: near.map { "did you mean '*\($0)'?" })
    }
    subtree.origin = .alias
    return subtree
  }
}

extension NodeBuilder {
  private var empty: Diagnostic {
    Diagnostic(
      identifier: .emptyFile, message: "the file is empty",
      location: part.start)
  }

  private func secondDocument(at location: Location, first: Location) -> Diagnostic {
    Diagnostic(
      identifier: .multipleDocuments, message: "a second document starts here",
      location: location, notes: [.init("the first one is here", at: first)],
      hint: "keep one document per file")
  }

  private func tooDeep(at location: Location) -> Diagnostic {
    Diagnostic(
      identifier: .nestedTooDeep, message: "nested deeper than \(limits.depth) levels",
      location: location)
  }

  private func tooMany(at location: Location) -> Diagnostic {
    Diagnostic(
      identifier: .tooManyNodes,
      message: "more than \(limits.nodes) values, those that aliases repeat included",
      location: location)
  }
}

/// A finished node and what it adds to the tree.
private struct Subtree {
  enum Origin { case written, alias }

  let node: Node
  let count: Int
  let height: Int
  var origin = Origin.written
}

/// A list or map whose end is still to come.
private struct Collection {
  private enum Key {
    case kept(Node)
    /// `<<`, whose value has keys that count where the map has none of the name.
    case merge(Node)
    case reported
  }

  let location: Location
  let anchor: String?
  private let isMap: Bool
  private var items: [Node] = []
  private var entries: [Node.Entry] = []
  private var key: Key?
  private var keys: [String: Location] = [:]
  /// The entries of the maps behind `<<`, the earlier first.
  private var merged: [Node.Entry] = []
  private var count = 1
  private var height = 1

  init(_ event: YAMLParser.Event) {
    location = event.location
    anchor = event.anchor
    if case .mapStart = event.kind { isMap = true } else { isMap = false }
  }

  var subtree: Subtree {
    var names = Set(keys.keys)
    let inherited = merged.filter { names.insert($0.key.text ?? "").inserted }
    return Subtree(
      node: Node(isMap ? .map(inherited + entries) : .list(items), at: location), count: count,
      height: height)
  }

  mutating func add(_ subtree: Subtree, _ diagnostics: inout Diagnostics) {
    count += subtree.count
    height = max(height, subtree.height + 1)
    guard isMap else { return items.append(subtree.node) }
    switch key {
    case nil: key = checked(subtree.node, &diagnostics)
    case .kept(let name):
      entries.append(Node.Entry(key: name, value: subtree.node))
      key = nil
    case .merge(let name):
      merge(subtree.node, at: name.location, &diagnostics)
      key = nil
    case .reported: key = nil
    }
  }

  /// Takes in what stands behind `<<`: a map, or a list of maps, of which the earlier count more.
  private mutating func merge(
    _ value: Node, at location: Location, _ diagnostics: inout Diagnostics
  ) {
    let maps: [Node]
    if case .list(let items) = value.kind { maps = items } else { maps = [value] }
    for map in maps {
      guard case .map(let entries) = map.kind else {
        diagnostics.error(
          .mergeKey, "'<<' needs a map or a list of maps, got \(map.summary)", at: location,
          hint: "such as '<<: *name', after '&name' before a map")
        return
      }
      merged += entries
    }
  }

  /// A key that cannot be used is reported; its value is left out.
  private mutating func checked(_ node: Node, _ diagnostics: inout Diagnostics) -> Key {
    guard case .scalar(let text, let isPlain) = node.kind else {
      diagnostics.error(
        .keyNotText, "\(node.summary) cannot be a key", at: node.location)
      return .reported
    }
    if let first = keys[text] {
      diagnostics.error(
        .duplicateKey, "\(text.quoted) comes twice", at: node.location,
        notes: [.init("it is first set here", at: first)], hint: "remove one of the two")
      return .reported
    }
    keys[text] = node.location
    return isPlain && text == "<<" ? .merge(node) : .kept(node)
  }
}
