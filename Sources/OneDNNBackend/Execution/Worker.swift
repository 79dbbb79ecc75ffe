internal import COneDNN
import Tensors

/// One thread's memory and its view of the program: it takes lanes of a batch through the network.
final class Worker: @unchecked Sendable {  // used by one thread at a time
  let stream: Stream
  let graph: CompiledGraph
  private let store: ParameterStore
  let buffers: [Memory]
  private let scratchpad: Scratchpad
  /// Gradients of a lane that are then added to those of an earlier one.
  private lazy var spare = Result { try store.makeGradients() }
  private var forward: [Call] = []
  private var backward: [Call] = []

  /// An instruction whose places have become memory.
  private enum Call {
    case kernel(Kernel, arguments: [exp_argument], gradients: [(argument: Int, parameter: Int)])
    case dropout(DropoutCall, reorder: [exp_argument])
  }

  init(_ graph: CompiledGraph, store: ParameterStore) throws {
    (self.graph, self.store) = (graph, store)
    stream = try Stream()
    var buffers: [Memory] = []
    var storages: [Storage] = []
    for buffer in graph.buffers {
      let storage =
        try buffer.viewOf.map { storages[$0] } ?? Storage(count: buffer.layout.floatCount)
      storages.append(storage)
      buffers.append(try Memory(buffer.layout, in: storage))
    }
    self.buffers = buffers
    scratchpad = try Scratchpad(graph.forward + graph.backward)
    forward = try graph.forward.map { try bind($0) }
    backward = try graph.backward.map { try bind($0) }
  }

  private func bind(_ instruction: Instruction) throws -> Call {
    switch instruction {
    case .dropout(let call):
      guard let (plain, kernel) = call.draw?.reorder else { return .dropout(call, reorder: []) }
      var arguments = [
        exp_argument(role: EXP_SOURCE, memory: buffers[plain].handle),
        exp_argument(role: EXP_DESTINATION, memory: buffers[call.mask].handle),
      ]
      if let memory = try scratchpad.memory(for: kernel) {
        arguments.append(exp_argument(role: EXP_SCRATCHPAD, memory: memory.handle))
      }
      return .dropout(call, reorder: arguments)
    case .kernel(let kernel, let places):
      var arguments: [exp_argument] = []
      var gradients: [(argument: Int, parameter: Int)] = []
      for (role, place) in places {
        var memory: OpaquePointer?
        switch place {
        case .buffer(let number): memory = buffers[number].handle
        case .parameter(let number, let copy): memory = store.memory(number, copy: copy).handle
        case .gradient(let number): gradients.append((arguments.count, number))
        }
        arguments.append(exp_argument(role: role, memory: memory))
      }
      if let memory = try scratchpad.memory(for: kernel) {
        arguments.append(exp_argument(role: EXP_SCRATCHPAD, memory: memory.handle))
      }
      return .kernel(kernel, arguments: arguments, gradients: gradients)
    }
  }
}

/// Working memory that kernels share, since a worker runs one at a time.
private final class Scratchpad {
  private let storage: Storage
  private var memories: [Memory] = []

  init(_ instructions: [Instruction]) throws {
    let kernels = instructions.compactMap { instruction in
      switch instruction {
      case .kernel(let kernel, _): kernel
      case .dropout(let call): call.draw?.reorder?.kernel
      }
    }
    let bytes = try kernels.map { try $0.optionalLayout(EXP_SCRATCHPAD)?.byteCount ?? 0 }
    storage = try Storage(count: (bytes.max() ?? 0) / MemoryLayout<Float>.stride + 1)
  }

  func memory(for kernel: Kernel) throws -> Memory? {
    guard let layout = try kernel.optionalLayout(EXP_SCRATCHPAD) else { return nil }
    let memory = try Memory(layout, in: storage)
    memories.append(memory)
    return memory
  }
}

// MARK: a lane

/// Where a step's results go; each lane writes its own samples' part.
struct PredictionMemory: @unchecked Sendable {
  let probabilities: UnsafeMutablePointer<Float>
  let losses: UnsafeMutablePointer<Float>
}

extension Worker {
  /// Takes lane number `lane` of `batch` forward, and writes its probabilities and losses.
  func predict(_ batch: Batch, lane: Int, into results: PredictionMemory) throws {
    let samples = readInputs(of: batch, lane: lane)
    for call in forward { try run(call, samples, of: batch, nil) }
    loss(
      batch, samples: samples, firstPosition: lane * graph.laneSize, into: results, gradient: nil)
  }

  /// Takes lane number `lane` of `batch` forward and backward. Its gradients are then in slot number `slot` of the
  /// store, whose first lane is `slot` itself: later ones are added.
  func learn(_ batch: Batch, lane: Int, into results: PredictionMemory, slot: Int) throws {
    let isFirst = lane == slot
    let gradients = isFirst ? store.gradients[slot] : try spare.get()
    try learn(batch, lane: lane, into: results, gradients)
    if !isFirst { store.add(gradients, toSlot: slot) }
  }

  private func learn(
    _ batch: Batch, lane: Int, into results: PredictionMemory, _ gradients: Gradients
  ) throws {
    guard let gradient = graph.logitsGradient else {
      preconditionFailure("learning with an inference program")
    }
    let samples = readInputs(of: batch, lane: lane)
    for call in forward { try run(call, samples, of: batch, gradients) }
    loss(
      batch, samples: samples, firstPosition: lane * graph.laneSize, into: results,
      gradient: buffers[gradient].floats)
    for call in backward { try run(call, samples, of: batch, gradients) }
  }

  private func readInputs(of batch: Batch, lane: Int) -> ArraySlice<Int> {
    let first = batch.samples.startIndex + lane * graph.laneSize
    let samples = batch.samples[first..<min(first + graph.laneSize, batch.samples.endIndex)]
    let size = graph.inputShape.elementCount
    let input = buffers[graph.input].floats
    for (position, sample) in samples.enumerated() {
      batch.source.writeInput(of: sample, epoch: batch.epoch, to: input + position * size)
    }
    // A ragged lane is filled up with empty images, whose gradient is zero.
    let filled = samples.count * size
    (input + filled).update(repeating: 0, count: graph.laneSize * size - filled)
    return samples
  }

  /// Runs one call for `samples`; in training if there are `gradients` to write to.
  private func run(
    _ call: Call, _ samples: ArraySlice<Int>, of batch: Batch, _ gradients: Gradients?
  ) throws {
    switch call {
    case .kernel(let kernel, var arguments, let written):
      if let gradients {
        for (argument, parameter) in written {
          arguments[argument].memory = gradients[parameter].handle
        }
      }
      try kernel.run(on: stream, arguments)
    case .dropout(let call, let reorder):
      let source = buffers[call.source]
      let destination = buffers[call.destination]
      guard gradients != nil else {
        destination.floats.update(from: source.floats, count: source.layout.floatCount)
        return
      }
      let mask = buffers[call.mask]
      if let draw = call.draw {
        let plain = draw.reorder.map { buffers[$0.plain] } ?? mask
        for (position, sample) in samples.enumerated() {
          let stream = RandomStream(
            seed: batch.seed, purpose: .dropout, layer: draw.node, epoch: batch.epoch,
            sample: sample)
          draw.mask.write(
            to: plain.floats + position * draw.count, count: draw.count, from: stream)
        }
        if let reordering = draw.reorder { try reordering.kernel.run(on: stream, reorder) }
      }
      for index in 0..<mask.layout.floatCount {
        destination.floats[index] = source.floats[index] * mask.floats[index]
      }
    }
  }
}
