import Specs

/// The meaning of names among the layers of a model, of a repetition, or of a block.
struct LayerScope {
  private indirect enum Outer {
    case none
    case scope(LayerScope)
  }

  private let outer: Outer
  /// The names of its layers as the model has them, by those that they have here.
  private var names: [String: String] = [:]
  /// The layers that `input` stands for; nil where it is the images.
  private let input: [LayerExpansion.Reference]?
  /// Makes a name of its own of one that layers of other scopes may have too.
  private let rename: (String) -> String
  /// The inputs of its first layer; nil for the layer before it.
  let firstInputs: [LayerExpansion.Reference]?
  /// The name of its last layer in the model, if not its own.
  let nameOfLast: String?
  /// True if training leaves its layers alone.
  let isFrozen: Bool

  /// The scope of the model itself.
  init() {
    outer = .none
    input = nil
    firstInputs = nil
    nameOfLast = nil
    isFrozen = false
    rename = { $0 }
  }

  /// A scope inside of `outer`, in which a layer `a` is `rename("a")` to those outside.
  init(
    in outer: LayerScope, input: [LayerExpansion.Reference],
    firstInputs: [LayerExpansion.Reference]?, nameOfLast: String?, isFrozen: Bool,
    rename: @escaping (String) -> String
  ) {
    self.outer = .scope(outer)
    self.input = input
    self.firstInputs = firstInputs
    self.nameOfLast = nameOfLast
    self.isFrozen = isFrozen
    self.rename = { outer.rename(rename($0)) }
  }

  /// Makes known which names its layers, `items`, have here.
  mutating func declare(_ items: [Node]) {
    for name in items.compactMap({ $0["name"]?.text }) { names[name] = finalName(of: name) }
    if let nameOfLast, let last = items.last?["name"]?.text { names[last] = nameOfLast }
  }

  /// The name in the model of the layer that is called `name` here.
  func finalName(of name: String) -> String { rename(name) }

  /// The layers that `name`, which is written at `node`, means here. Unknown names are left as they are.
  func references(to name: String, at node: Node) -> [LayerExpansion.Reference] {
    if let own = names[name] { return [.name(own, node)] }
    if name == "input", let input { return input }
    if case .scope(let outer) = outer { return outer.references(to: name, at: node) }
    return [.name(name, node)]
  }
}
