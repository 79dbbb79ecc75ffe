internal import COneDNN
import Tensors

/// Turns a graph into kernel calls for one lane.
///
/// Each operation's method emits its forward calls at once and returns how to emit its backward calls, which
/// is done in reverse order once the forward pass stands. All tensors between kernels stay in the layout their
/// producer likes; reorders appear only where a consumer cannot take that.
final class GraphCompiler {
  /// Emits the backward calls of one operation.
  typealias BackwardEmitter = () throws -> Void

  /// A node's result: the buffer it is in, and the shape it lies there in. That is still the image's after a
  /// flatten, which moves nothing.
  struct Value {
    let buffer: Int
    let shape: ImageShape
  }

  let graph: Graph
  let laneSize: Int
  /// What changes the parameters; nil in an inference program.
  let rule: (any UpdateRule)?
  var isTraining: Bool { rule != nil }
  private(set) var buffers: [Buffer] = []
  private(set) var parameters: [CompiledParameter] = []
  var forward: [Instruction] = []
  var backward: [Instruction] = []
  /// Each node's result.
  private var values: [Int: Value] = [:]
  /// The gradient of each node's result, once its consumer has been emitted backward.
  private var gradients: [Int: Int] = [:]

  init(_ graph: Graph, laneSize: Int, mode: ProgramMode) {
    (self.graph, self.laneSize) = (graph, laneSize)
    rule = if case .training(let rule) = mode { rule } else { nil }
  }

  func compile() throws -> CompiledGraph {
    let last = graph.nodes.count - 1
    guard case .activation(.softmax) = graph.nodes[last].operation else {
      preconditionFailure("a network that does not end in a softmax")
    }
    // Fusing and gradients in place rely on it.
    let consumed = graph.nodes.flatMap(\.inputs)
    precondition(Set(consumed).count == consumed.count, "a node has two consumers")
    var emitters: [BackwardEmitter] = []
    for number in graph.nodes.indices.dropLast() {
      if let emitter = try emit(number) { emitters.append(emitter) }
    }
    let source = graph.nodes[last].inputs[0]
    let logits = try flat(source)
    var logitsGradient: Int?
    if isTraining {
      let flat = try flatGradient(of: source, flat: logits)
      logitsGradient = flat.buffer
      backward += flat.bringBack
      for emitter in emitters.reversed() { try emitter() }
    }
    return CompiledGraph(
      laneSize: laneSize, inputShape: graph.inputShape, classCount: graph.classCount,
      loss: graph.loss,
      buffers: buffers, input: value(of: 0).buffer, logits: logits, logitsGradient: logitsGradient,
      forward: forward, backward: backward, parameters: parameters)
  }

  private func emit(_ number: Int) throws -> BackwardEmitter? {
    let node = graph.nodes[number]
    switch node.operation {
    case .input(let shape):
      setValue(of: number, to: buffer(try .plain(shape, count: laneSize)), as: shape)
      return nil
    case .convolution2D(_, let window, _, _): return try emitConvolution(number, window)
    case .pooling2D(_, let window): return try emitMaxPooling(number, window)
    case .dense: return try emitDense(number)
    case .dropout(let rate, _): return try emitDropout(number, rate: rate)
    case .activation(.softmax): return try emitSoftmax(number)
    case .activation(let function): return try emitActivation(number, function)
    case .flatten:
      // Dense layers take images in any layout, so nothing needs to move.
      values[number] = value(of: node.inputs[0])
      return { [self] in gradients[node.inputs[0]] = gradients[number] }
    default: preconditionFailure("an operation that is not known here")
    }
  }
}

// MARK: tensors

extension GraphCompiler {
  /// A new buffer of `layout`.
  func buffer(_ layout: Layout, viewOf other: Int? = nil) -> Int {
    buffers.append(Buffer(layout: layout, viewOf: other))
    return buffers.count - 1
  }

  func layout(_ buffer: Int) -> Layout { buffers[buffer].layout }

  /// Node `number`'s result.
  func value(of number: Int) -> Value {
    guard let value = values[number] else { preconditionFailure("node \(number) has no value yet") }
    return value
  }

  /// Records that node `number`'s result is in `buffer`, lying there in `shape`.
  func setValue(of number: Int, to buffer: Int, as shape: ImageShape) {
    values[number] = Value(buffer: buffer, shape: shape)
  }

  /// The gradient of node `number`'s result.
  func gradient(of number: Int) -> Int {
    guard let gradient = gradients[number] else {
      preconditionFailure("node \(number) has no gradient yet")
    }
    return gradient
  }

  /// A new buffer for the gradient of node `number`'s result, in the layout of that result.
  func makeGradient(of number: Int) -> Int {
    let made = buffer(layout(value(of: number).buffer))
    gradients[number] = made
    return made
  }

  /// Records that the gradient of node `number`'s result is in `buffer`.
  func setGradient(of number: Int, to buffer: Int) { gradients[number] = buffer }

  /// Whether something at or before node `number` learns.
  func needsGradient(_ number: Int) -> Bool {
    !graph.nodes[number].parameters.isEmpty
      || graph.nodes[number].inputs.contains(where: needsGradient)
  }

  /// Number of the parameter `parameter` of node `number`, known from now on with its canonical layout.
  func addParameter(_ parameter: Parameter, of number: Int, canonical: Layout) -> Int {
    let name = graph.nodes[number].fullName(of: parameter)
    parameters.append(
      CompiledParameter(name: name, parameter: parameter, canonical: canonical, copies: []))
    return parameters.count - 1
  }

  /// Records that kernels give the gradient of parameter `index` in `layout`. It is learned in that layout too, unless
  /// the update rule wants it as it is saved.
  func setParameterGradient(of index: Int, _ layout: Layout) {
    let needsWhole = rule?.needsWhole(parameters[index].parameter) ?? false
    _ = place(of: index, in: needsWhole ? parameters[index].canonical : layout)
    parameters[index].gradient = layout
  }

  /// The place of parameter `index` in `layout`, kept from now on.
  func place(of index: Int, in layout: Layout) -> Place {
    if let copy = parameters[index].copies.firstIndex(of: layout) {
      return .parameter(index, copy: copy)
    }
    parameters[index].copies.append(layout)
    return .parameter(index, copy: parameters[index].copies.count - 1)
  }

  /// A buffer with what `source` holds, in `layout`: itself if it is in that layout.
  func reordered(_ source: Int, to layout: Layout, for layer: String) throws -> Int {
    if self.layout(source) == layout { return source }
    let target = buffer(layout)
    forward.append(try reorder(source, into: target, for: layer))
    return target
  }

  /// The call that copies `source` to `target`, each in its layout.
  func reorder(_ source: Int, into target: Int, for layer: String) throws -> Instruction {
    let kernel = try Kernel.reorder(from: layout(source), to: layout(target), for: layer)
    return .kernel(
      kernel, [(EXP_SOURCE, .buffer(source)), (EXP_DESTINATION, .buffer(target))])
  }
}

// MARK: vectors

extension GraphCompiler {
  /// A buffer with node `number`'s result as plain rows of numbers.
  func flat(_ number: Int) throws -> Int {
    let value = value(of: number)
    if value.shape.isFlat { return value.buffer }
    let plain = try reordered(
      value.buffer, to: .plain(value.shape, count: laneSize), for: graph.nodes[number].layer)
    return buffer(try .plain(value.shape.flattened, count: laneSize), viewOf: plain)
  }

  /// A buffer for the gradient of `flat(number)`, and the calls that bring it back into node `number`'s layout.
  func flatGradient(
    of number: Int, flat: Int
  ) throws -> (buffer: Int, bringBack: [Instruction]) {
    let gradient = makeGradient(of: number)
    let value = value(of: number)
    if flat == value.buffer { return (gradient, []) }
    let plain = buffer(try .plain(value.shape, count: laneSize))
    return (
      buffer(layout(flat), viewOf: plain),
      [try reorder(plain, into: gradient, for: graph.nodes[number].layer)]
    )
  }
}
