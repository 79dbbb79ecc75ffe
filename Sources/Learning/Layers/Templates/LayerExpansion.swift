import Diagnostics
import Documents
import Specs

/// Puts layers in the place of templates, so that the model is a plain list of them.
package struct LayerExpansion {
  /// A layer of the plain list.
  struct Entry {
    var node: Node
    /// Its own name; nil if it goes by its type.
    var name: String?
    /// The layers whose results it takes; nil for the layer before it.
    var inputs: [Reference]?
  }

  /// A layer that another takes.
  enum Reference {
    /// Told by its name; the node says where.
    case name(String, Node)
    /// Told by its number in the plain list.
    case entry(Int, Node)
  }

  /// The blocks in use, each inside of the one before it.
  var open: [(name: String, use: Location)] = []
  var entries: [Entry] = []
  var names: Set<String> = ["input"]
  /// True if each template has come to layers: without those of one, others would seem to be wrong.
  var isComplete = true
  var interpolation: Interpolation
  private let blocks: Node?

  /// For each item of the outermost list, the number of entries before it.
  private var starts: [Int] = []
  private var depth = 0

  /// The number of uses of a block that each of its names was given to.
  var counts: [String: Int] = [:]

  /// The number of values that the layers may still come to, with notes on how these came to be used: a few lines can
  /// ask for more than any memory holds.
  private var budget = 100_000

  private init(_ blocks: Node?, _ interpolation: Interpolation) {
    self.blocks = blocks
    self.interpolation = interpolation
  }

  /// `tree`, in which there are values in the place of `${…}`, with a plain list of layers.
  package static func expanded(
    _ tree: Node, _ interpolation: Interpolation, _ diagnostics: inout Diagnostics
  ) -> Node {
    guard let model = tree["model"], let layers = model["layers"],
      layers.items.contains(where: { isTemplate($0) })
    else { return tree }
    var expansion = LayerExpansion(tree["blocks"], interpolation)
    expansion.add(layers.items, in: LayerScope(), &diagnostics)
    let list = Node(
      expansion.isComplete && !expansion.isExhausted ? .list(expansion.nodes) : .unusable,
      at: layers.location)
    return tree.replacing("model", by: model.replacing("layers", by: list))
  }

  /// The items of lists of layers with templates, in a tree with values in the place of `${…}`, by the lists' addresses.
  package static func items(
    of tree: Node, _ interpolation: Interpolation
  ) -> [String: [AddressResolver.Item]] {
    guard let layers = tree["model"]?["layers"], layers.items.contains(where: { isTemplate($0) })
    else { return [:] }
    var unreported = Diagnostics()
    var expansion = LayerExpansion(tree["blocks"], interpolation)
    expansion.add(layers.items, in: LayerScope(), &unreported)
    guard expansion.isComplete, !expansion.isExhausted else { return [:] }
    let names = expansion.itemNames
    let templates = ItemNames.names(
      of: layers.items.filter(isTemplate).map { ($0["name"]?.text, $0.typeName ?? "") },
      reserved: Set(names))
    var nextTemplates = templates[...]
    let ends = expansion.starts.dropFirst() + [names.count]
    let items = zip(layers.items, zip(expansion.starts, ends)).map { item, place in
      let own = Array(names[place.0..<place.1])
      guard isTemplate(item) else { return AddressResolver.Item(name: own.first ?? "") }
      return AddressResolver.Item(name: nextTemplates.removeFirst(), expansion: own)
    }
    return ["model.layers": items]
  }

  private static func isTemplate(_ node: Node) -> Bool {
    LayerCatalog.templates.contains { $0.type == node.typeName }
  }

  /// True if the layers came to more than can be read.
  var isExhausted: Bool { budget <= 0 }

  /// Adds `items`, and what the templates among them stand for.
  mutating func add(_ items: [Node], in scope: LayerScope, _ diagnostics: inout Diagnostics) {
    var scope = scope
    scope.declare(items)
    depth += 1
    defer { depth -= 1 }
    for (position, item) in items.enumerated() where !isExhausted {
      budget -= item.extent.count * (1 + item.location.trail.count)
      guard budget > 0 else {
        return diagnostics.error(
          .expansionTooLarge, "with these layers the model is too large to be read",
          at: item.location)
      }
      if depth == 1 { starts.append(entries.count) }
      let isFirst = position == 0
      let last = position == items.count - 1 ? scope.nameOfLast : nil
      let inputs = references(of: item, in: scope) ?? (isFirst ? scope.firstInputs : nil)
      switch item.typeName {
      case Repeat.type: add(repeated: item, taking: inputs, in: scope, last: last, &diagnostics)
      case Block.type: add(block: item, taking: inputs, in: scope, last: last, &diagnostics)
      default:
        let name = last ?? item["name"]?.text.map { scope.finalName(of: $0) }
        if let name { names.insert(name) }
        entries.append(
          Entry(node: scope.isFrozen ? item.frozen : item, name: name, inputs: inputs))
      }
    }
  }

  /// The inputs that the layer names; nil if it names none. A value that is no list of names stays for the reader to
  /// report.
  private func references(of item: Node, in scope: LayerScope) -> [Reference]? {
    guard let inputs = item["inputs"], case .list(let items) = inputs.kind else { return nil }
    return items.flatMap { node -> [Reference] in
      guard let name = node.text else { return [.name("", node)] }
      return scope.references(to: name, at: node)
    }
  }

  /// The layer before the next one.
  func incoming(at node: Node) -> Reference {
    entries.isEmpty ? .name("input", node) : .entry(entries.count - 1, node)
  }

  /// Looks up `name` under `blocks`; nil if there is nothing usable, which is then reported.
  func definition(_ name: Node, _ diagnostics: inout Diagnostics) -> BlockDefinition? {
    guard let text = String.decode(name, &diagnostics) else { return nil }
    guard let node = blocks?[text] else {
      let all = blocks?.entries.compactMap(\.key.text) ?? []
      diagnostics.error(
        .unknownBlock, "there is no block '\(text)'", at: name.location,
        hint: Suggestions.nearest(to: text, among: all).map { "did you mean '\($0)'?" }
          ?? (all.isEmpty
            ? "declare it under 'blocks'" : "there are \(all.joined(separator: ", "))"))
      return nil
    }
    return BlockDefinition.decode(node, &diagnostics)
  }

  /// The names of the entries.
  private var itemNames: [String] {
    ItemNames.names(
      of: entries.map { ($0.name, $0.node.typeName ?? "") }, reserved: ["input"])
  }

  /// The plain list, with all names and inputs as they are now.
  private var nodes: [Node] {
    let names = itemNames
    return entries.map { entry in
      var node = entry.node
      if let name = entry.name, name != node["name"]?.text {
        let location = (node["name"] ?? node).location
        node = node.replacing("name", by: Node(.scalar(name, isPlain: false), at: location))
      }
      guard let inputs = entry.inputs else { return node }
      let list = inputs.map { reference in
        switch reference {
        case .name(let name, let node): Node(.scalar(name, isPlain: false), at: node.location)
        case .entry(let number, let node):
          Node(.scalar(names[number], isPlain: false), at: node.location)
        }
      }
      return node.replacing("inputs", by: Node(.list(list), at: (node["inputs"] ?? node).location))
    }
  }
}

extension Node {
  /// A layer that training leaves alone, unless it says something else itself.
  fileprivate var frozen: Node {
    self["trainable"] == nil
      ? replacing("trainable", by: Node(.scalar("false", isPlain: true), at: location)) : self
  }
}
