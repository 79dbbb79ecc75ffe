internal import COneDNN
import Tensors

/// One thread's part in running a program: it takes lanes of a batch through the network.
final class Worker: @unchecked Sendable {  // used by one thread at a time
  let stream: Stream
  let graph: CompiledGraph
  private let store: ParameterStore
  /// Memory for what a lane needs only between meetings, and for the rest unless each lane has its own.
  private let workerArena: Arena
  let laneArena: Arena
  private let scratchpad: Scratchpad
  /// Memory in which an image is put together of which only a part is read.
  private let image: Storage?
  /// The stopwatch that measures where the time goes; nil unless a profile is wanted.
  let stopwatch: Stopwatch?
  /// Gradients of a lane that are then added to those of an earlier one.
  private lazy var spare = Result { try store.makeGradients() }

  init(_ graph: CompiledGraph, store: ParameterStore, stopwatch: Stopwatch?) throws {
    self.graph = graph
    self.store = store
    self.stopwatch = stopwatch
    stream = try Stream()
    workerArena = try Arena(graph, .worker)
    laneArena = try Arena(graph, .lane)
    scratchpad = try Scratchpad(graph)
    image =
      graph.readShape == graph.inputShape
      ? nil : try Storage(count: graph.inputShape.elementCount)
  }

  /// The tensor of `lane` in the buffer of that number.
  private func memory(_ buffer: Int, _ lane: Lane) -> Memory {
    let laneArena =
      lane.propagation.arenas.isEmpty ? laneArena : lane.propagation.arenas[lane.number]
    guard let memory = workerArena[buffer] ?? laneArena[buffer] else {
      preconditionFailure("buffer \(buffer) lies nowhere")
    }
    return memory
  }

  /// Its numbers.
  func floats(_ buffer: Int, _ lane: Lane) -> UnsafeMutablePointer<Float> {
    memory(buffer, lane).floats
  }

  /// Takes a lane forward, and writes its probabilities and losses.
  func predict(_ lane: Lane, into results: PredictionMemory) throws {
    readInputs(of: lane)
    for stage in graph.forward { try run(stage, lane, slot: nil) }
    loss(lane, into: results, gradient: nil)
  }

  /// Takes a lane through one stage of learning; before the next all lanes must have been through this one. Its
  /// gradients are then in slot number `slot` of the store, whose first lane is `slot` itself: later ones are added.
  func learn(
    _ lane: Lane, stage: Int, into results: PredictionMemory, slot: Int
  ) throws {
    guard let gradient = graph.logitsGradient else {
      preconditionFailure("learning with an inference program")
    }
    let last = graph.forward.count - 1
    if stage == 0 { readInputs(of: lane) }
    if stage <= last { try run(graph.forward[stage], lane, slot: slot) }
    if stage == last {
      stopwatch?.lap(.other)
      loss(lane, into: results, gradient: floats(gradient, lane))
      stopwatch?.lap(.loss)
    }
    if stage >= last { try run(graph.backward[stage - last], lane, slot: slot) }
  }

  /// Takes a lane through one stage forward, for the statistics that are gathered on the way.
  func gather(_ lane: Lane, stage: Int) throws {
    if stage == 0 { readInputs(of: lane) }
    try run(graph.forward[stage], lane, slot: nil)
  }

  private func readInputs(of lane: Lane) {
    let size = graph.readShape.elementCount
    let input = floats(graph.input, lane)
    stopwatch?.lap(.other)
    defer { stopwatch?.lap(.input) }
    for (position, sample) in lane.samples.enumerated() {
      let target = input + position * size
      lane.propagation.batch.source.writeInput(
        of: sample, epoch: lane.propagation.batch.epoch, to: image?.floats ?? target)
      if let image { copyRead(image.floats, to: target) }
    }
    // A ragged lane is filled up with empty images, whose gradient is zero.
    let filled = lane.samples.count * size
    (input + filled).update(repeating: 0, count: graph.laneSize * size - filled)
  }

  /// Copies what is read of an image.
  private func copyRead(_ image: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
    let whole = graph.inputShape.width * graph.inputShape.channels
    let length = graph.readShape.width * graph.readShape.channels
    for row in 0..<graph.readShape.height {
      Elementwise.copy(image + row * whole, to: target + row * length, count: length)
    }
  }

  private func run(_ calls: [Instruction], _ lane: Lane, slot: Int?) throws {
    for call in calls where lane.propagation.isTraining || !call.isForTrainingOnly {
      guard let slot, !call.learned.isEmpty else {
        try run(call, nil, lane)
        continue
      }
      if slot == lane.number {
        try run(call, store.gradients[slot], lane)
      } else {
        let spare = try spare.get()
        try run(call, spare, lane)
        for parameter in call.learned {
          stopwatch?.lap(.other)
          store.gradients[slot].add(spare, store.range(of: parameter))
          stopwatch?.lap(.gradient(parameter))
        }
      }
    }
  }

  /// Runs one call, with its gradients, if it has any, in `gradients`.
  func run(_ call: Instruction, _ gradients: Gradients?, _ lane: Lane) throws {
    func memory(_ place: Place) -> Memory {
      switch place {
      case .buffer(let number): return self.memory(number, lane)
      case .parameter(let number, let copy): return store.memory(number, copy: copy)
      case .gradient(let number):
        guard let gradients else { preconditionFailure("a gradient without a place") }
        return gradients[number]
      }
    }
    switch call.work {
    case .kernel(let kernel, let places):
      try withUnsafeTemporaryAllocation(of: exp_argument.self, capacity: places.count + 1) {
        arguments in
        var count = 0
        func bind(_ memory: Memory, as role: exp_role) {
          arguments[count] = exp_argument(role: role, memory: memory.handle)
          count += 1
        }
        for (role, place) in places { bind(memory(place), as: role) }
        if let scratchpad = scratchpad[call.number] { bind(scratchpad, as: EXP_SCRATCHPAD) }
        stopwatch?.lap(.other)
        try kernel.run(on: stream, UnsafeBufferPointer(rebasing: arguments[..<count]))
      }
    case .routine(let routine):
      withUnsafeTemporaryAllocation(
        of: UnsafeMutablePointer<Float>.self, capacity: routine.places.count
      ) { floats in
        for (index, place) in routine.places.enumerated() { floats[index] = memory(place).floats }
        stopwatch?.lap(.other)
        routine.body(floats, lane)
      }
    }
    stopwatch?.lap(.call(call.number), operations: call.operations)
  }
}

/// Working memory that kernels share, since a worker runs one at a time.
private final class Scratchpad {
  private let memories: [Memory?]

  init(_ graph: CompiledGraph) throws {
    let layouts = try (graph.forward + graph.backward).joined().map { instruction in
      if case .kernel(let kernel, _) = instruction.work {
        try kernel.optionalLayout(EXP_SCRATCHPAD)
      } else {
        Layout?.none
      }
    }
    let size = layouts.map { $0?.floatCount ?? 0 }.max() ?? 0
    let storage = try Storage(count: size)
    memories = try layouts.map { layout in try layout.map { try Memory($0, in: storage) } }
  }

  /// That of the call of this number; nil if it needs none.
  subscript(call: Int) -> Memory? { memories[call] }
}

/// Memory for a step's results; each lane writes its own samples' part.
struct PredictionMemory: @unchecked Sendable {
  let probabilities: UnsafeMutablePointer<Float>
  let losses: UnsafeMutablePointer<Float>
}
