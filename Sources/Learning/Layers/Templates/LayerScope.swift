import Specs

/// What names mean among the layers of a model, of a repetition, or of a block.
struct LayerScope {
  private indirect enum Outer {
    case none
    case scope(LayerScope)
  }

  private let outer: Outer
  /// The names of its layers as the model has them, by those that they have here.
  private var names: [String: String] = [:]
  /// What `input` is; nil where it is the images.
  private let input: [LayerExpansion.Reference]?
  /// Makes a name of its own of one that layers of other scopes may have too.
  private let rename: (String) -> String
  /// What its first layer takes; nil for the layer before it.
  let firstInputs: [LayerExpansion.Reference]?
  /// What its last layer is called in the model, if not by its own name.
  let nameOfLast: String?
  /// Whether training leaves its layers alone.
  let isFrozen: Bool

  /// The scope of the model itself.
  init() {
    (outer, input, firstInputs, nameOfLast, isFrozen) = (.none, nil, nil, nil, false)
    rename = { $0 }
  }

  /// A scope inside of `outer`, in which a layer `a` is `rename("a")` to those outside.
  init(
    in outer: LayerScope, input: [LayerExpansion.Reference],
    firstInputs: [LayerExpansion.Reference]?, nameOfLast: String?, isFrozen: Bool,
    rename: @escaping (String) -> String
  ) {
    self.outer = .scope(outer)
    (self.input, self.firstInputs) = (input, firstInputs)
    (self.nameOfLast, self.isFrozen) = (nameOfLast, isFrozen)
    self.rename = { outer.rename(rename($0)) }
  }

  /// Makes known which names its layers, `items`, have here.
  mutating func declare(_ items: [Node]) {
    for name in items.compactMap({ $0["name"]?.text }) { names[name] = finalName(of: name) }
    if let nameOfLast, let last = items.last?["name"]?.text { names[last] = nameOfLast }
  }

  /// What a layer is called in the model that is called `name` here.
  func finalName(of name: String) -> String { rename(name) }

  /// The layers that `name`, which stands at `node`, means here. What nobody knows is left as it is.
  func references(to name: String, at node: Node) -> [LayerExpansion.Reference] {
    if let own = names[name] { return [.name(own, node)] }
    if name == "input", let input { return input }
    if case .scope(let outer) = outer { return outer.references(to: name, at: node) }
    return [.name(name, node)]
  }
}
