import Tensors

/// The modules of a network in PyTorch, and the way of images through them.
struct PyTorchModules {
  let graph: Graph
  private let names: PythonNames
  /// The modules, by the numbers of their nodes.
  private let modules: [Int: Module]
  /// Paths by the names that `ExportedModel.pyTorchTensors` has for modules.
  private let pathsOfTensors: [String: String]

  private struct Module {
    /// `conv2d`, `separable_conv2d.depthwise`
    let path: String
    let construction: ModuleConstruction
  }

  init(_ graph: Graph) {
    var names = PythonNames(graph.nodes.map(\.layer))
    var (modules, pathsOfTensors, taken) = ([Int: Module](), [String: String](), Set<String>())
    for (number, node) in graph.nodes.enumerated() {
      guard let construction = graph.moduleConstruction(of: number) else { continue }
      let module = graph.pyTorchModule(of: number)
      var path = names[node.layer] + module.dropFirst(node.layer.count)
      if !taken.insert(path).inserted { path = names.unique(path) }
      modules[number] = Module(path: path, construction: construction)
      if !node.parameters.isEmpty { pathsOfTensors[module] = path }
    }
    self.graph = graph
    self.names = names
    self.modules = modules
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
    guard let module = modules[number] else { preconditionFailure("the node has no module") }
    return "self." + module.path
  }

  // MARK: declarations

  /// The lines that make the modules.
  var declarations: [String] {
    var lines: [String] = []
    var owners: Set<Substring> = []
    for (number, node) in graph.nodes.enumerated() {
      guard let module = modules[number] else { continue }
      let path = module.path
      let owner = path.prefix { $0 != "." }
      // Of a layer with several modules, the first may be the owner of the others itself.
      if owners.insert(owner).inserted, owner != path {
        lines.append("        self.\(owner) = nn.Module()")
      }
      lines += PythonText.call(
        "self.\(path) = \(module.construction.name)(", module.construction.arguments, indent: 8)
      if let settings = node.operation.normalization, settings.center != settings.scale {
        let missing = settings.center ? "weight" : "bias"
        lines.append("        self.\(path).\(missing).requires_grad_(False)  # not learned")
      }
    }
    return lines
  }

  // MARK: the way forward

  /// The name of the images in `forward`.
  var parameter: String {
    graph.takers[0].allSatisfy { $0 == 1 } ? "x" : "images"
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
    let variables = StepVariables(steps, of: graph, names, images: parameter)
    var lines: [String] = []
    var pending: (step: GraphStep, text: PythonExpression)?
    func flush() {
      guard let (step, text) = pending else { return }
      lines.append("        \(variables[step.result]) = \(text.text)")
    }
    for step in steps.dropLast() {
      if let (before, text) = pending, takers[before.result].count == 1,
        step.inputs == [before.result], before.layer == step.layer || step.isActivation
      {
        let joined = expression(of: step, [text])
        if "        \(variables[step.result]) = \(joined.text)".count <= PythonText.width {
          pending = (step, joined)
          continue
        }
      }
      flush()
      let inputs = step.inputs.map { PythonExpression(variables[$0]) }
      pending = (step, expression(of: step, inputs))
    }
    if let (step, text) = pending, last.inputs == [step.result] {
      return lines + ["        return \(text.text)"]
    }
    flush()
    return lines + ["        return \(variables[last.inputs[0]])"]
  }
}

extension GraphStep {
  fileprivate var isActivation: Bool {
    switch meaning {
    case .selu, .hardSigmoid, .operation(.activation): true
    default: false
    }
  }
}
