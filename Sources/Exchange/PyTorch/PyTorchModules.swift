import Tensors

/// The modules of a network in PyTorch, and the way of images through them.
struct PyTorchModules {
  let graph: Graph
  private let names: PythonNames
  /// The path of the module of each node that has one: `conv2d`, `separable_conv2d.depthwise`.
  private let paths: [Int: String]
  /// Paths by the names that `ExportedModel.pyTorchTensors` has for modules.
  private let pathsOfTensors: [String: String]

  init(_ graph: Graph) {
    var names = PythonNames(graph.nodes.map(\.layer))
    var (paths, pathsOfTensors, taken) = ([Int: String](), [String: String](), Set<String>())
    for (number, node) in graph.nodes.enumerated() where node.operation.isModule {
      let module = graph.pyTorchModule(of: number)
      var path = names[node.layer] + module.dropFirst(node.layer.count)
      if !taken.insert(path).inserted { path = names.unique(path) }
      paths[number] = path
      if !node.parameters.isEmpty { pathsOfTensors[module] = path }
    }
    self.graph = graph
    self.names = names
    self.paths = paths
    self.pathsOfTensors = pathsOfTensors
  }

  /// The name in the module's `state_dict` of a tensor of `ExportedModel.pyTorchTensors`.
  func name(of tensor: String) -> String {
    guard let dot = tensor.lastIndex(of: "."), let path = pathsOfTensors[String(tensor[..<dot])]
    else { preconditionFailure("the tensor is none of the graph") }
    return path + tensor[dot...]
  }

  /// The module of node `number` as it is called: `self.conv2d`.
  func module(_ number: Int) -> String {
    guard let path = paths[number] else { preconditionFailure("the node has no module") }
    return "self." + path
  }

  // MARK: declarations

  /// The lines that make the modules.
  var declarations: [String] {
    var lines: [String] = []
    var owners: Set<Substring> = []
    for (number, node) in graph.nodes.enumerated() {
      guard let path = paths[number], let (name, arguments) = construction(of: number) else {
        continue
      }
      let owner = path.prefix { $0 != "." }
      // Of a layer with several modules, the first may be the owner of the others itself.
      if owners.insert(owner).inserted, owner != path {
        lines.append("        self.\(owner) = nn.Module()")
      }
      lines += PythonText.call("self.\(path) = \(name)(", arguments, indent: 8)
      if let settings = node.operation.normalization, settings.center != settings.scale {
        let missing = settings.center ? "weight" : "bias"
        lines.append("        self.\(path).\(missing).requires_grad_(False)  # not learned")
      }
    }
    return lines.isEmpty ? [] : lines
  }

  private func construction(of number: Int) -> (name: String, arguments: [String])? {
    let node = graph.nodes[number]
    let shape = graph.nodes[node.inputs.first ?? 0].shape
    switch node.operation {
    case .convolution2D(let filters, let window, let groups, let useBias):
      let padding = WindowPadding(window, of: shape)
      var arguments = ["\(shape.channels)", "\(filters)", PythonText.pair(window.size)]
      arguments += window.strides == [1, 1] ? [] : ["stride=\(PythonText.pair(window.strides))"]
      arguments +=
        padding.isSymmetric && !padding.isNone
        ? ["padding=\(PythonText.pair(padding.before))"] : []
      arguments +=
        window.dilation == [1, 1]
        ? [] : ["dilation=\(PythonText.pair(window.dilation))"]
      arguments += groups == 1 ? [] : ["groups=\(groups)"]
      return ("nn.Conv2d", arguments + (useBias ? [] : ["bias=False"]))
    case .dense(let units, let useBias):
      return ("nn.Linear", ["\(shape.channels)", "\(units)"] + (useBias ? [] : ["bias=False"]))
    case .dropout(let rate, let wholeChannels):
      let name = wholeChannels && !shape.isFlat ? "nn.Dropout2d" : "nn.Dropout"
      return (name, [PythonText.number(rate)])
    case .gaussianNoise(let deviation): return ("GaussianNoise", [PythonText.number(deviation)])
    case .prelu(let isShared):
      let isPerChannel = shape.isFlat || (isShared.rows && isShared.columns)
      guard !isPerChannel else { return ("nn.PReLU", ["\(shape.channels)"]) }
      return (
        "PReLUByPlace",
        [
          "\(shape.channels)", isShared.rows ? "1" : "\(shape.height)",
          isShared.columns ? "1" : "\(shape.width)",
        ]
      )
    case .batchNormalization(let settings, let momentum):
      // Rounded as float32 is, for 0.01 instead of 0.00999999.
      let share = ((1 - Double(momentum)) * 1e7).rounded() / 1e7
      return (
        shape.isFlat ? "nn.BatchNorm1d" : "nn.BatchNorm2d",
        [
          "\(shape.channels)", "eps=\(PythonText.number(settings.epsilon))",
          "momentum=\(PythonText.number(share))",
        ] + settings.affine("affine")
      )
    case .groupNormalization(let settings, let groups):
      return (
        "nn.GroupNorm",
        ["\(groups)", "\(shape.channels)", "eps=\(PythonText.number(settings.epsilon))"]
          + settings.affine("affine")
      )
    case .layerNormalization(let settings):
      return (
        "nn.LayerNorm",
        ["\(shape.channels)", "eps=\(PythonText.number(settings.epsilon))"]
          + settings.affine("elementwise_affine")
      )
    case .input, .pooling2D, .flatten, .reshape, .zeroPadding2D, .rescaling, .activation,
      .combination, .concatenation:
      return nil
    }
  }

  // MARK: the way forward

  /// The name of the images in `forward`.
  var parameter: String {
    let takers = Set(graph.steps.indices.filter { graph.steps[$0].inputs.contains(0) })
    return takers.isSubset(of: [0]) ? "x" : "images"
  }

  /// The lines of `forward` that give the scores.
  ///
  /// A call stands inside of another where both are of one layer, or the other is an activation.
  var statements: [String] {
    let steps = graph.steps
    guard let last = steps.last, last.meaning == .operation(.activation(.softmax)) else {
      preconditionFailure("the network does not end in a softmax")
    }
    let takers = graph.takers
    var variables = steps.variables(names)
    variables[0] = parameter
    var lines: [String] = []
    var pending: (step: GraphStep, text: PythonExpression)?
    func flush() {
      guard let (step, text) = pending, let variable = variables[step.result] else { return }
      lines.append("        \(variable) = \(text.text)")
    }
    for step in steps.dropLast() {
      if let (before, text) = pending, takers[before.result].count == 1,
        step.inputs == [before.result], before.layer == step.layer || step.isActivation
      {
        let joined = expression(of: step, [text])
        if "        \(variables[step.result] ?? "") = \(joined.text)".count <= PythonText.width {
          pending = (step, joined)
          continue
        }
      }
      flush()
      let inputs = step.inputs.map { PythonExpression(variables[$0] ?? "x") }
      pending = (step, expression(of: step, inputs))
    }
    if let (step, text) = pending, last.inputs == [step.result] {
      return lines + ["        return \(text.text)"]
    }
    flush()
    return lines + ["        return \(variables[last.inputs[0]] ?? "x")"]
  }
}

extension GraphStep {
  fileprivate var isActivation: Bool {
    switch meaning {
    case .selu, .operation(.activation): true
    default: false
    }
  }
}

extension NormalizationSettings {
  fileprivate func affine(_ keyword: String) -> [String] {
    center || scale ? [] : ["\(keyword)=False"]
  }
}

extension Tensors.Operation {
  /// Whether it has parameters, or does something else in training: then it is a module.
  fileprivate var isModule: Bool {
    switch self {
    case .convolution2D, .dense, .dropout, .gaussianNoise, .prelu, .batchNormalization,
      .groupNormalization, .layerNormalization:
      true
    case .input, .pooling2D, .flatten, .reshape, .zeroPadding2D, .rescaling, .activation,
      .combination, .concatenation:
      false
    }
  }
}
