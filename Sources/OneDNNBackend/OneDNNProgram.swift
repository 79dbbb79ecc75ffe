import Synchronization
import Tensors

/// A compiled graph with its parameters and the workers that run it.
final class OneDNNProgram: Program {
  let kernelChoices: [String]
  let graph: CompiledGraph
  let store: ParameterStore
  let workers: [Worker]
  let pool: WorkerPool
  private let middle: Barrier
  private let stream: Stream
  /// The timer of the training steps; nil unless a profile is wanted.
  private let timer: StepTimer?
  /// The lanes' memory, where each has its own: the first are those that workers predict with.
  private var arenas: [Arena] = []
  private var step = 0

  init(_ graph: CompiledGraph, rule: (any UpdateRule)?, threads: Int, profile: Profile?)
    throws
  {
    let store = try ParameterStore(graph.parameters, rule: rule)
    self.graph = graph
    self.store = store
    stream = try Stream()
    let timer = profile.map { StepTimer(graph, threads: threads, for: $0) }
    self.timer = timer
    workers = try (0..<threads).map { index in
      try Worker(graph, store: store, stopwatch: timer?.stopwatches[index])
    }
    pool = try WorkerPool(count: threads)
    middle = Barrier(count: threads)
    kernelChoices = (graph.forward + graph.backward).joined().map(\.piece).compactMap { piece in
      piece.kernel.map { "\(piece.layer ?? ""): \($0)" }
    }
  }

  func load(_ parameters: NamedTensors) throws {
    OneDNNLibrary.useOneThread()
    try store.load(parameters, on: stream)
  }

  func parameters() throws -> NamedTensors {
    OneDNNLibrary.useOneThread()
    return try store.parameters(on: stream)
  }

  func state() throws -> ProgramState {
    OneDNNLibrary.useOneThread()
    return ProgramState(
      step: step, parameters: try store.parameters(on: stream), slots: try store.slots(on: stream))
  }

  func restore(_ state: ProgramState) throws {
    OneDNNLibrary.useOneThread()
    try store.load(state.parameters, on: stream)
    try store.loadSlots(state.slots, on: stream)
    step = state.step
  }

  func predict(_ batch: Batch) throws -> Predictions {
    let propagation = Propagation(
      batch: batch, laneSize: graph.laneSize, isTraining: false, statistics: .stay, arenas: [],
      rows: [:])
    var predictions = try predictions(of: batch) { [workers] results in
      let next = Tickets(propagation.laneCount)
      try pool.run { index in
        while let number = next.take() {
          try workers[index].predict(Lane(number, of: propagation), into: results)
        }
      }
    }
    predictions.penalty = store.penalty()
    return predictions
  }

  func train(_ batch: Batch, _ rates: StepRates) throws -> Predictions {
    step += 1
    let step = UpdateStep(number: step, rates: rates, matrices: LibraryProducts())
    guard let timer else { return try learn(batch, step) }
    return try timer.measure { try learn(batch, step) }
  }

  func gradients(_ batch: Batch) throws -> NamedTensors {
    _ = try learn(batch, nil)
    OneDNNLibrary.useOneThread()
    return try store.summedGradients(on: stream)
  }

  private func predictions(of batch: Batch, _ body: (PredictionMemory) throws -> Void) throws
    -> Predictions
  {
    let count = batch.samples.count
    try Storage.requireRoom(for: count * (graph.classCount + 1) * MemoryLayout<Float>.stride)
    var probabilities = [Float](repeating: 0, count: count * graph.classCount)
    var losses = [Float](repeating: 0, count: count)
    guard count > 0 else {
      return Predictions(probabilities: [], losses: [], classCount: graph.classCount)
    }
    try probabilities.withUnsafeMutableBufferPointer { probabilities in
      try losses.withUnsafeMutableBufferPointer { losses in
        guard let first = probabilities.baseAddress, let firstLoss = losses.baseAddress else {
          return
        }
        try body(PredictionMemory(probabilities: first, losses: firstLoss))
      }
    }
    return Predictions(
      probabilities: probabilities, losses: losses, classCount: graph.classCount)
  }

  /// Most slots for gradients, so that these don't grow with ever larger batches.
  private static let slotLimit = 64

  /// A batch on its way through a training program.
  private func trainingPropagation(_ batch: Batch, _ statistics: Propagation.Statistics) throws
    -> Propagation
  {
    let laneCount = (batch.samples.count + graph.laneSize - 1) / graph.laneSize
    if graph.lanesMeet {
      if arenas.isEmpty { arenas = workers.map(\.laneArena) }
      while arenas.count < laneCount { arenas.append(try Arena(graph, .lane)) }
    }
    return Propagation(
      batch: batch, laneSize: graph.laneSize, isTraining: true, statistics: statistics,
      arenas: arenas, rows: store.rows)
  }

  /// Lanes forward and backward, meeting after each stage; the sum of their gradients and, with a `step`, the update,
  /// before which workers meet if it needs the norm of all gradients; a barrier; the copies of the parameters in other
  /// layouts.
  private func learn(_ batch: Batch, _ step: UpdateStep?) throws -> Predictions {
    let propagation = try trainingPropagation(batch, step == nil ? .stay : .follow)
    let slotCount = min(propagation.laneCount, Self.slotLimit)
    try store.reserveGradients(slotCount, imageCount: batch.samples.count)
    var predictions = try predictions(of: batch) { [store, workers, middle, graph, timer] results in
      let stages = (0..<graph.stageCount).map {
        Tickets(slotCount, isReversed: !$0.isMultiple(of: 2))
      }
      let slices = Tickets(store.slices.count)
      let updates = Tickets(step == nil ? 0 : store.slices.count)
      let copies = Tickets(step == nil ? 0 : store.refreshCount)
      let waitsForNorm = step != nil && store.rule?.clipping.globalNorm != nil
      let meeting = Meeting(middle)
      timer?.lap(.other)
      try pool.run { index in
        let worker = workers[index]
        let stopwatch = worker.stopwatch
        stopwatch?.lap(.waiting)
        defer { stopwatch?.lap(.other) }
        func meet(after number: Int, _ work: () throws -> Void) throws -> Bool {
          defer { stopwatch?.lap(.waiting) }
          return try meeting.after(number) {
            try work()
            stopwatch?.lap(.other)
          }
        }
        func update(_ slice: Int, _ step: UpdateStep, scale: Float) {
          stopwatch?.lap(.other)
          store.update(slice: slice, step, scale: scale)
          stopwatch?.lap(.update(store.slices[slice].parameter))
        }
        for (stage, slots) in stages.enumerated() {
          let isComplete = try meet(after: stage) {
            while let slot = slots.take() {
              for lane in stride(from: slot, to: propagation.laneCount, by: slotCount) {
                try worker.learn(
                  Lane(lane, of: propagation), stage: stage, into: results, slot: slot)
              }
            }
          }
          guard isComplete else { return }
        }
        let isSummed = try meet(after: stages.count) {
          while let slice = slices.take() {
            stopwatch?.lap(.other)
            try store.sumGradients(
              slice: slice, slotCount: slotCount, imageCount: batch.samples.count,
              on: worker.stream)
            stopwatch?.lap(
              .gradient(store.slices[slice].parameter),
              operations: store.operations(slice: slice, imageCount: batch.samples.count))
            if let step, !waitsForNorm { update(slice, step, scale: 1) }
          }
        }
        guard isSummed else { return }
        if let step, waitsForNorm {
          _ = try meet(after: stages.count + 1) {
            let scale = store.clippingScale
            while let slice = updates.take() { update(slice, step, scale: scale) }
          }
        }
        while let copy = copies.take() {
          stopwatch?.lap(.other)
          try store.refresh(copy, on: worker.stream)
          stopwatch?.lap(.copies(store.parameter(ofCopy: copy)))
        }
      }
      timer?.lap(.waiting)
    }
    predictions.penalty = store.penalties.reduce(0, +)
    return predictions
  }

  func recomputeStatistics(_ batches: [Batch]) throws {
    guard graph.parameters.contains(where: { $0.parameter.role == .statistic }) else { return }
    for (index, batch) in batches.enumerated() {
      let propagation = try trainingPropagation(batch, .move(share: 1 / Float(index + 1)))
      let stages = graph.forward.indices.map { _ in Tickets(propagation.laneCount) }
      let meeting = Meeting(middle)
      try pool.run { [workers] index in
        for (stage, lanes) in stages.enumerated() {
          let isComplete = try meeting.after(stage) {
            while let lane = lanes.take() {
              try workers[index].gather(Lane(lane, of: propagation), stage: stage)
            }
          }
          guard isComplete else { return }
        }
      }
    }
  }
}

/// Pieces of work, numbered from 0, that workers take as they become free.
private final class Tickets: Sendable {
  private let next = Atomic<Int>(0)
  private let count: Int
  private let isReversed: Bool

  /// Those that are `isReversed` begin with the last: every other stage of a step takes the lanes that way, of which those
  /// that were worked on last are still in a cache.
  init(_ count: Int, isReversed: Bool = false) {
    self.count = count
    self.isReversed = isReversed
  }

  /// The next piece that nobody has taken; nil when all are.
  func take() -> Int? {
    let ticket = next.add(1, ordering: .relaxed).oldValue
    guard ticket < count else { return nil }
    return isReversed ? count - 1 - ticket : ticket
  }
}
