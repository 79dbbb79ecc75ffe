internal import COneDNN
import Tensors

/// Turns a graph into calls for one lane.
///
/// Each operation's method emits its forward calls at once and returns how to emit its backward calls, which
/// is done in reverse order once the forward pass stands. All tensors between kernels stay in the layout their
/// producer likes; reorders appear only where a consumer cannot take that.
final class GraphCompiler {
  /// Emits the backward calls of one operation, whose result's gradient is known by then.
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
  var forward = Calls()
  var backward = Calls()
  /// Each node's result.
  private var values: [Int: Value] = [:]
  /// The gradient of each node's result, as far as its consumers have been emitted backward.
  private var gradients: [Int: Int] = [:]
  /// Which nodes' results are taken by which others.
  private let consumers: [[Int]]
  /// Whether each node, or one before it, learns.
  private let learns: [Bool]

  init(_ graph: Graph, laneSize: Int, mode: ProgramMode) {
    (self.graph, self.laneSize) = (graph, laneSize)
    rule = if case .training(let rule) = mode { rule } else { nil }
    var consumers = graph.nodes.map { _ in [Int]() }
    var learns: [Bool] = []
    for (number, node) in graph.nodes.enumerated() {
      for input in node.inputs { consumers[input].append(number) }
      learns.append(
        node.parameters.contains(where: \.isLearned) || node.inputs.contains { learns[$0] })
    }
    (self.consumers, self.learns) = (consumers, learns)
  }

  func compile() throws -> CompiledGraph {
    let last = graph.nodes.count - 1
    guard case .activation(.softmax) = graph.nodes[last].operation else {
      preconditionFailure("a network that does not end in a softmax")
    }
    var emitters: [(node: Int, emit: BackwardEmitter)] = []
    for number in graph.nodes.indices.dropLast() {
      emitters.append((number, try emit(number)))
    }
    let source = graph.nodes[last].inputs[0]
    let logits = try rows(source)
    var logitsGradient: Int?
    if isTraining {
      try addRowsGradient(of: source) { logitsGradient = $0 }
      for emitter in emitters.reversed() where needsGradient(emitter.node) { try emitter.emit() }
    }
    return CompiledGraph(
      laneSize: laneSize, inputShape: graph.inputShape, classCount: graph.classCount,
      loss: graph.loss, buffers: buffers, input: value(of: 0).buffer, logits: logits,
      logitsGradient: logitsGradient, forward: forward.stages, backward: backward.stages,
      parameters: parameters)
  }

  private func emit(_ number: Int) throws -> BackwardEmitter {
    switch graph.nodes[number].operation {
    case .input(let shape):
      setValue(of: number, to: buffer(try .plain(shape, count: laneSize)), as: shape)
      return {}
    case .convolution2D(_, let window, let groups, _):
      return try emitConvolution(number, window, groups: groups)
    case .pooling2D(let pooling, let window): return try emitPooling(number, pooling, window)
    case .dense: return try emitDense(number)
    case .dropout(let rate, let wholeChannels):
      return try emitDropout(number, rate: rate, wholeChannels: wholeChannels)
    case .gaussianNoise(let deviation): return try emitNoise(number, deviation: deviation)
    case .activation(.softmax): return try emitSoftmax(number)
    case .activation(let function): return try emitFunction(number, function.libraryFunction)
    case .rescaling(let scale, let offset):
      return try emitFunction(number, exp_function(kind: EXP_LINEAR, alpha: scale, beta: offset))
    case .prelu(let isShared): return try emitPReLU(number, isShared)
    case .combination(let combination): return try emitCombination(number, combination)
    case .concatenation: return try emitConcatenation(number)
    case .zeroPadding2D(let before, _): return try emitZeroPadding(number, before: before)
    case .flatten: return emitFlatten(number)
    case .reshape: return try emitReshape(number)
    case .batchNormalization(let settings, let momentum):
      return try emitBatchNormalization(number, settings, momentum: momentum)
    case .groupNormalization(let settings, let groups):
      return try emitGroupNormalization(number, settings, groups: groups)
    case .layerNormalization(let settings):
      return try emitGroupNormalization(number, settings, groups: nil)
    }
  }
}

/// Calls in order, with the points between them where lanes meet.
struct Calls {
  private(set) var stages: [[Instruction]] = [[]]

  /// Adds a call of a kernel.
  mutating func append(
    _ kernel: Kernel, _ places: [(role: exp_role, place: Place)], isForTrainingOnly: Bool = false
  ) {
    stages[stages.count - 1].append(
      Instruction(work: .kernel(kernel, places), isForTrainingOnly: isForTrainingOnly))
  }

  /// Adds a call of a routine.
  mutating func append(
    for layer: String, _ places: [Place], isForTrainingOnly: Bool = false,
    _ body: @escaping @Sendable ([UnsafeMutablePointer<Float>], Lane) -> Void
  ) {
    stages[stages.count - 1].append(
      Instruction(
        work: .routine(Routine(layer: layer, places: places, body: body)),
        isForTrainingOnly: isForTrainingOnly))
  }

  /// What follows reads what all lanes have gathered before.
  mutating func meet() { stages.append([]) }
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

  /// The only node that takes node `number`'s result; nil if there are several.
  func onlyConsumer(of number: Int) -> Int? {
    consumers[number].count == 1 ? consumers[number][0] : nil
  }

  /// A buffer with what `source` holds, in `layout`: itself if it is in that layout.
  func reordered(
    _ source: Int, to layout: Layout, for layer: String,
    in calls: ReferenceWritableKeyPath<GraphCompiler, Calls> = \.forward
  ) throws -> Int {
    if self.layout(source) == layout { return source }
    let target = buffer(layout)
    try reorder(source, into: target, for: layer, in: &self[keyPath: calls])
    return target
  }

  /// Adds the call that copies `source` to `target`, each in its layout.
  func reorder(
    _ source: Int, into target: Int, for layer: String, in calls: inout Calls,
    isForTrainingOnly: Bool = false
  ) throws {
    let kernel = try Kernel.reorder(from: layout(source), to: layout(target), for: layer)
    calls.append(
      kernel, [(EXP_SOURCE, .buffer(source)), (EXP_DESTINATION, .buffer(target))],
      isForTrainingOnly: isForTrainingOnly)
  }
}

// MARK: gradients

extension GraphCompiler {
  /// Whether something at or before node `number` learns.
  func needsGradient(_ number: Int) -> Bool { learns[number] }

  /// The gradient of node `number`'s result. All its consumers have been emitted backward.
  func gradient(of number: Int) -> Int {
    guard let gradient = gradients[number] else {
      preconditionFailure("node \(number) has no gradient yet")
    }
    return gradient
  }

  /// Adds what is in `buffer` to the gradient of node `number`'s result, in whose layout it lies. Nobody else needs
  /// what is there: it may become that gradient.
  func giveGradient(of number: Int, in buffer: Int) {
    guard let sum = gradients[number] else {
      gradients[number] = buffer
      return
    }
    let count = layout(sum).floatCount
    backward.append(for: graph.nodes[number].layer, [.buffer(sum), .buffer(buffer)]) { floats, _ in
      Elementwise.add(floats[1], to: floats[0], count: count)
    }
  }

  /// Adds to the gradient of node `number`'s result what `write` puts into the buffer it is given, which is in
  /// `layout`; unless given, that is the result's.
  func addGradient(
    of number: Int, in layout: Layout? = nil, _ write: (Int) throws -> Void
  ) throws {
    let own = self.layout(value(of: number).buffer)
    let written = buffer(layout ?? own)
    try write(written)
    guard let layout, layout != own else { return giveGradient(of: number, in: written) }
    let target = buffer(own)
    try reorder(written, into: target, for: graph.nodes[number].layer, in: &backward)
    giveGradient(of: number, in: target)
  }
}

// MARK: plain order

extension GraphCompiler {
  /// A buffer with node `number`'s result in the order the house uses: height, width, channels. It is in that order
  /// from these `calls` on.
  func plain(
    _ number: Int, in calls: ReferenceWritableKeyPath<GraphCompiler, Calls> = \.forward
  ) throws -> Int {
    let value = value(of: number)
    return try reordered(
      value.buffer, to: .plain(value.shape, count: laneSize), for: graph.nodes[number].layer,
      in: calls)
  }

  /// Adds to the gradient of node `number`'s result what `write` puts in plain order into the buffer it is given.
  func addPlainGradient(of number: Int, _ write: (Int) throws -> Void) throws {
    try addGradient(of: number, in: .plain(value(of: number).shape, count: laneSize), write)
  }

  /// A buffer with node `number`'s result as rows of numbers, one row for each image.
  func rows(_ number: Int) throws -> Int {
    let value = value(of: number)
    if value.shape.isFlat { return value.buffer }
    return buffer(try .plain(value.shape.flattened, count: laneSize), viewOf: try plain(number))
  }

  /// Adds to the gradient of node `number`'s result what `write` puts as rows into the buffer it is given.
  func addRowsGradient(of number: Int, _ write: (Int) throws -> Void) throws {
    let shape = value(of: number).shape
    try addPlainGradient(of: number) { plain in
      try write(
        shape.isFlat
          ? plain : buffer(try .plain(shape.flattened, count: laneSize), viewOf: plain))
    }
  }

  /// A buffer with node `number`'s result for work on each value: a vector's as rows, an image's as it lies.
  func operand(_ number: Int) throws -> Int {
    graph.nodes[number].shape.isFlat ? try rows(number) : value(of: number).buffer
  }

  /// Adds to the gradient of node `number`'s result what `write` puts into the buffer it is given: a vector's as rows,
  /// an image's in `layout`.
  func addOperandGradient(
    of number: Int, in layout: Layout, _ write: (Int) throws -> Void
  ) throws {
    if graph.nodes[number].shape.isFlat {
      try addRowsGradient(of: number, write)
    } else {
      try addGradient(of: number, in: layout, write)
    }
  }
}

extension GraphCompiler {
  /// Adds what is in `buffer`, which nobody else needs and which lies as an operand in `layout` does, to the gradient
  /// of node `number`'s result.
  func giveOperandGradient(of number: Int, in buffer: Int) throws {
    if layout(buffer) == layout(value(of: number).buffer) {
      return giveGradient(of: number, in: buffer)
    }
    let count = layout(buffer).floatCount
    try addOperandGradient(of: number, in: layout(buffer)) { target in
      backward.append(
        for: graph.nodes[number].layer, [.buffer(target), .buffer(buffer)]
      ) { floats, _ in
        Elementwise.copy(floats[1], to: floats[0], count: count)
      }
    }
  }
}

// MARK: parameters

extension GraphCompiler {
  /// Number of the parameter `parameter` of node `number`, known from now on with its canonical layout.
  func addParameter(_ parameter: Parameter, of number: Int, canonical: Layout) -> Int {
    let name = graph.nodes[number].fullName(of: parameter)
    parameters.append(
      CompiledParameter(
        name: name, parameter: parameter, canonical: canonical, copies: [], gradient: nil,
        batchRows: nil))
    return parameters.count - 1
  }

  /// The parameters of node `number` as plain lists of numbers, each with the place where it is read.
  func addPlainParameters(of number: Int) throws -> [(index: Int, place: Place)] {
    try graph.nodes[number].parameters.map { parameter in
      let layout = try Layout([parameter.count], EXP_ORDER_VECTOR)
      let index = addParameter(parameter, of: number, canonical: layout)
      if parameter.isLearned { setParameterGradient(of: index, layout) }
      return (index, place(of: index, in: layout))
    }
  }

  /// Records that the gradient of parameter `index` is computed over the whole batch, row by row as it is saved.
  func setParameterGradient(of index: Int, overBatch size: BatchRows.Size) {
    parameters[index].batchRows = size
    setParameterGradient(of: index, parameters[index].canonical)
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
}
