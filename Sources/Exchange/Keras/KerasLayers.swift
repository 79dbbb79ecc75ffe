import Tensors

/// The layers of a network in Keras, and the way of images through them.
struct KerasLayers {
  /// The lines that make all layers, from `inputs` on.
  private(set) var statements: [String] = []
  /// The variable that holds the last layer's result.
  private(set) var output = "inputs"
  /// The names of tensors in Keras by those in the graph.
  private var tensorNames: [String: String] = [:]
  private var needsWindowShare = false
  private let graph: Graph
  private var names: PythonNames
  /// Names of layers that are given away.
  private var taken: Set<String> = []

  /// The layers of `graph`; with `hasTemperature`, scores are divided by `TEMPERATURE` before the last softmax.
  init(_ graph: Graph, hasTemperature: Bool) {
    self.graph = graph
    names = PythonNames(graph.nodes.map(\.layer))
    let groups = graph.kerasGroups(isLastSoftmaxAlone: hasTemperature)
    let variables = StepVariables(groups.map(\.whole), of: graph, names, images: "inputs")
    for group in groups {
      let inputs = group.whole.inputs.map { variables[$0] }
      let variable = variables[group.whole.result]
      let isLast = group.whole.result == graph.nodes.count - 1
      if isLast, hasTemperature {
        let name = names.unique("temperature")
        add("x", "Rescaling", ["1 / TEMPERATURE"], name: name, inputs)
        add(group, variable, ["x"])
      } else {
        add(group, variable, inputs)
      }
      output = variable
    }
  }

  /// The name in the file of the tensor that the graph calls `parameter`.
  func name(of parameter: String) -> String {
    guard let name = tensorNames[parameter] else {
      preconditionFailure("the tensor is none of the graph")
    }
    return name
  }

  /// Adds the layer of `group`, whose result `variable` shall hold.
  private mutating func add(_ group: KerasGroup, _ variable: String, _ inputs: [String]) {
    let base = names[group.whole.layer]
    let name =
      taken.insert(base).inserted ? base : names.unique("\(base)_\(group.part)")
    for number in group.whole.first...group.whole.result {
      let node = graph.nodes[number]
      for parameter in node.parameters {
        let own = parameter.role == .kernel && !group.isSeparable ? "kernel" : parameter.name
        tensorNames[node.fullName(of: parameter)] = "\(name).\(own)"
      }
    }
    var layer = graph.kerasLayer(of: group)
    var inputs = inputs
    if let padding = layer.paddingBefore {
      let border = Self.border(padding.before, padding.after)
      if layer.padsWithLeast {
        let sides = "((0, 0), \(border.dropFirst().dropLast()), (0, 0))"
        statements += PythonText.call(
          "x = keras.ops.pad(", [inputs[0], sides, "constant_values=-np.inf"], indent: 4)
      } else {
        add("x", "ZeroPadding2D", [border], name: names.unique("\(name)_padding"), inputs)
      }
      inputs = ["x"]
    }
    layer.arguments += group.activation.map { ["activation=\"\($0)\""] } ?? []
    let isWhole = layer.stridesAfter == nil && layer.windowShare == nil
    add(isWhole ? variable : "x", layer.name, layer.arguments, name: name, inputs)
    if let strides = layer.stridesAfter {
      // Of the results at all places, a pooling of single pixels takes some.
      add(
        variable, "MaxPooling2D", ["1", "strides=\(PythonText.pair(strides))"],
        name: names.unique("\(name)_strides"), ["x"])
    }
    if let share = layer.windowShare {
      needsWindowShare = true
      statements.append("    \(variable) = x / window_share(\(share))")
    }
  }

  private mutating func add(
    _ variable: String, _ layer: String, _ arguments: [String], name: String, _ inputs: [String]
  ) {
    let input = inputs.count == 1 ? inputs[0] : "[\(inputs.joined(separator: ", "))]"
    statements += PythonText.call(
      "\(variable) = layers.\(layer)(", arguments + ["name=\"\(name)\""], ")(\(input))", indent: 4)
  }

  /// The definitions, as far as the network needs them, for which Keras has no word.
  var helpers: [String] {
    needsWindowShare ? [Self.windowShare] : []
  }

  private static let windowShare = """
    def window_share(shape, size, strides, padding):
        \"""The share of each window that lies inside of an image of that shape. Divided by it,
        means leave the padding out, which Keras on PyTorch counts where it is uneven.\"""
        ones = np.pad(np.ones(shape, "float32"), padding)[None, :, :, None]
        return layers.AveragePooling2D(size, strides)(ones)
    """

  static func border(_ before: SIMD2<Int>, _ after: SIMD2<Int>) -> String {
    "((\(before.x), \(after.x)), (\(before.y), \(after.y)))"
  }
}
