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
  /// The rule that changes the parameters; nil in an inference program.
  let rule: (any UpdateRule)?
  var isTraining: Bool { rule != nil }
  private(set) var buffers: [Buffer] = []
  var parameters: [CompiledParameter] = []
  var forward = Calls(.forward)
  var backward = Calls(.backward)
  /// Each node's result.
  private var values: [Int: Value] = [:]
  /// The gradient of each node's result, as far as its consumers have been emitted backward.
  var gradients: [Int: Int] = [:]
  /// The node whose backward calls are emitted; those behind it have all theirs.
  private(set) var emitted: Int
  /// The nodes that take each node's result.
  private let consumers: [[Int]]
  /// The nodes that learn, themselves or by one before them.
  let learns: [Bool]
  private let passes: Set<GraphPass>
  /// The part of each node's result that is computed.
  private let parts: ReadParts
  /// ReLUs whose gradients are taken care of by what follows them, or comes before.
  var masked: Set<Int> = []
  /// Activations of which the convolutions before them compute the gradient, too.
  var activated: Set<Int> = []
  /// Poolings that the convolutions before them compute.
  var pooled: Set<Int> = []
  /// The last results that convolutions by routines of our own compute on their way, of which they know what a normalization
  /// takes.
  var ownResults: Set<Int> = []
  /// Normalizations that are not computed before they are read, by the node whose result they make: its value is what goes
  /// into them.
  var normalizedBehind: [Int: FusedNormalization] = [:]
  /// Normalizations whose gradients are not computed before they are read, by the node whose result they take: its gradient
  /// is that of theirs.
  var normalizedBefore: [Int: FusedNormalization] = [:]

  init(_ graph: Graph, laneSize: Int, mode: ProgramMode, passes: Set<GraphPass>) {
    self.graph = graph
    emitted = graph.nodes.count - 1
    self.laneSize = laneSize
    self.passes = passes
    parts = passes.contains(.readPartsOnly) ? ReadParts(of: graph) : ReadParts(wholeOf: graph)
    rule = if case .training(let rule) = mode { rule } else { nil }
    var consumers = graph.nodes.map { _ in [Int]() }
    var learns: [Bool] = []
    for (number, node) in graph.nodes.enumerated() {
      for input in node.inputs { consumers[input].append(number) }
      learns.append(
        node.parameters.contains(where: \.isLearned) || node.inputs.contains { learns[$0] })
    }
    self.consumers = consumers
    self.learns = learns
  }

  func compile() throws -> CompiledGraph {
    let last = graph.nodes.count - 1
    guard case .activation(.softmax) = graph.nodes[last].operation else {
      preconditionFailure("a network that does not end in a softmax")
    }
    var emitters: [(node: Int, emit: BackwardEmitter)] = []
    for number in graph.nodes.indices.dropLast() {
      forward.begin(graph, number, shape(of: number), laneSize: laneSize)
      emitters.append((number, try emit(number)))
    }
    let source = graph.nodes[last].inputs[0]
    forward.begin(graph, last, shape(of: last), laneSize: laneSize)
    backward.begin(graph, last, shape(of: last), laneSize: laneSize)
    let logits = try rows(source)
    var logitsGradient: Int?
    if isTraining {
      try addRowsGradient(of: source) { logitsGradient = $0 }
      for emitter in emitters.reversed() where needsGradient(emitter.node) {
        backward.begin(graph, emitter.node, shape(of: emitter.node), laneSize: laneSize)
        emitted = emitter.node
        try emitter.emit()
      }
    }
    let input = value(of: 0).buffer
    let stages = (
      forward: forward.numbered(from: 0), backward: backward.numbered(from: forward.count)
    )
    for index in stages.backward.joined().flatMap(\.learned) {
      parameters[index].lanesGiveGradient = true
    }
    let memory = MemoryPlan(
      buffers, input: input, forward: stages.forward,
      loss: [logits] + [logitsGradient].compactMap(\.self),
      backward: stages.backward, isShared: isOn(.sharedMemory))
    return CompiledGraph(
      laneSize: laneSize, inputShape: graph.inputShape, readShape: shape(of: 0),
      classCount: graph.classCount, loss: graph.loss, buffers: buffers,
      input: input, logits: logits,
      logitsGradient: logitsGradient, forward: stages.forward, backward: stages.backward,
      parameters: parameters, memory: memory)
  }

  private func emit(_ number: Int) throws -> BackwardEmitter {
    switch graph.nodes[number].operation {
    case .input:
      let shape = shape(of: number)
      setValue(of: number, to: buffer(try .plain(shape, count: laneSize)), as: shape)
      return {}
    case .convolution2D(_, let window, let groups, _):
      return try emitConvolution(number, window, groups: groups)
    case .pooling2D(let pooling, let window): return try emitPooling(number, pooling, window)
    case .dense: return try emitDense(number)
    case .dropout(let rate, let wholeChannels):
      return try emitDropout(number, rate: rate, wholeChannels: wholeChannels)
    case .alphaDropout(let rate): return try emitAlphaDropout(number, rate: rate)
    case .gaussianDropout(let rate): return try emitGaussianDropout(number, rate: rate)
    case .gaussianNoise(let deviation): return try emitNoise(number, deviation: deviation)
    case .activation(.softmax): return try emitSoftmax(number)
    case .activation(let function): return try emitFunction(number, function.libraryFunction)
    case .rescaling(let scale, let offset):
      return try emitFunction(number, exp_function(kind: EXP_LINEAR, alpha: scale, beta: offset))
    case .prelu(let isShared): return try emitPReLU(number, isShared)
    case .combination(let combination): return try emitCombination(number, combination)
    case .concatenation: return try emitConcatenation(number)
    case .zeroPadding2D(let before, _): return try emitZeroPadding(number, before: before)
    case .cropping2D(let before, _): return try emitCropping(number, before: before)
    case .upSampling2D(let size): return try emitUpSampling(number, size)
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

// MARK: tensors

extension GraphCompiler {
  /// A new buffer of `layout`.
  func buffer(_ layout: Layout, viewOf other: Int? = nil, isExclusive: Bool = false) -> Int {
    buffers.append(Buffer(layout: layout, viewOf: other, isExclusive: isExclusive))
    return buffers.count - 1
  }

  func layout(_ buffer: Int) -> Layout { buffers[buffer].layout }

  /// The buffer whose memory `buffer` is in: itself unless it is a view.
  func owner(of buffer: Int) -> Int { buffers[buffer].viewOf.map(owner) ?? buffer }

  /// The shape of what is made of node `number`'s result, for one image.
  func shape(of number: Int) -> ImageShape { parts.shape(of: number, in: graph) }

  func isOn(_ pass: GraphPass) -> Bool { passes.contains(pass) }

  /// `window` of node `number`, which slides over its input, as the library takes it.
  func libraryWindow(_ window: Window, of number: Int) -> exp_window {
    let input = graph.nodes[number].inputs[0]
    let lengths = graph.nodes[input].shape.size
    let before = window.paddingBefore(lengths)
    let end = window.reach(of: shape(of: number).size, over: lengths)
    let after = pointwiseMax(end &- shape(of: input).size, .zero)
    return exp_window(
      size: (Int64(window.size.x), Int64(window.size.y)),
      strides: (Int64(window.strides.x), Int64(window.strides.y)),
      padding_before: (Int64(before.x), Int64(before.y)),
      padding_after: (Int64(after.x), Int64(after.y)),
      dilation: (Int64(window.dilation.x - 1), Int64(window.dilation.y - 1)))
  }

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
