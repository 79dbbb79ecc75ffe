import Synchronization
import Tensors

/// A compiled graph with its parameters and the workers that run it.
final class OneDNNProgram: Program {
  let kernelChoices: [String]
  private let graph: CompiledGraph
  private let store: ParameterStore
  private let workers: [Worker]
  private let pool: WorkerPool
  private let middle: Barrier
  private let stream: Stream
  private var step = 0

  init(_ graph: CompiledGraph, rule: (any UpdateRule)?, threads: Int) throws {
    let store = try ParameterStore(graph.parameters, rule: rule)
    self.graph = graph
    self.store = store
    stream = try Stream()
    workers = try (0..<threads).map { _ in try Worker(graph, store: store) }
    pool = WorkerPool(count: threads)
    middle = Barrier(count: threads)
    kernelChoices = (graph.forward + graph.backward).compactMap { instruction in
      if case .kernel(let kernel, _) = instruction {
        "\(kernel.layer): \(kernel.name)"
      } else {
        nil
      }
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

  func predict(_ batch: Batch) throws -> Predictions {
    try predictions(of: batch) { [workers, laneCount = laneCount(batch)] results in
      let next = Tickets(laneCount)
      try pool.run { index in
        while let lane = next.take() {
          try workers[index].predict(batch, lane: lane, into: results)
        }
      }
    }
  }

  func train(_ batch: Batch, _ rates: StepRates) throws -> Predictions {
    step += 1
    return try learn(
      batch, UpdateStep(number: step, rates: rates, matrices: LibraryProducts()))
  }

  func gradients(_ batch: Batch) throws -> NamedTensors {
    _ = try learn(batch, nil)
    OneDNNLibrary.useOneThread()
    return try store.summedGradients(on: stream)
  }

  private func laneCount(_ batch: Batch) -> Int {
    (batch.samples.count + graph.laneSize - 1) / graph.laneSize
  }

  private func predictions(of batch: Batch, _ body: (PredictionMemory) throws -> Void) rethrows
    -> Predictions
  {
    let count = batch.samples.count
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

  /// Most slots for gradients, so that memory doesn't grow with ever larger batches.
  private static let slotLimit = 64

  /// Lanes forward and backward; a barrier; the sum of their gradients and, with a `step`, the update; a barrier;
  /// the copies of the parameters in other layouts.
  private func learn(_ batch: Batch, _ step: UpdateStep?) throws -> Predictions {
    let laneCount = laneCount(batch)
    let slotCount = min(laneCount, Self.slotLimit)
    try store.needGradients(slotCount)
    return try predictions(of: batch) { [store, workers, middle] results in
      let slots = Tickets(slotCount)
      let slices = Tickets(store.slices.count)
      let updates = Tickets(step == nil ? 0 : store.slices.count)
      let copies = Tickets(step == nil ? 0 : store.refreshCount)
      let waitsForNorm = store.rule?.clipping.globalNorm != nil
      let hasFailed = Flag()
      try pool.run { index in
        let worker = workers[index]
        let lanesDone = Result {
          while let slot = slots.take() {
            for lane in stride(from: slot, to: laneCount, by: slotCount) {
              try worker.learn(batch, lane: lane, into: results, slot: slot)
            }
          }
        }
        if case .failure = lanesDone { hasFailed.raise() }
        middle.wait()
        // Half of a batch must not change the parameters. All workers see the same here, so none waits in vain.
        if hasFailed.isRaised { return try lanesDone.get() }
        let sumsDone = Result {
          while let slice = slices.take() {
            try store.sumGradients(slice: slice, slotCount: slotCount, on: worker.stream)
            if let step, !waitsForNorm { store.update(slice: slice, step) }
          }
        }
        if case .failure = sumsDone { hasFailed.raise() }
        middle.wait()
        if hasFailed.isRaised { return try sumsDone.get() }
        if let step, waitsForNorm {
          while let slice = updates.take() { store.update(slice: slice, step) }
          middle.wait()
        }
        while let copy = copies.take() { try store.refresh(copy, on: worker.stream) }
      }
    }
  }
}

/// Something that has happened on some thread.
private final class Flag: Sendable {
  private let value = Atomic<Bool>(false)

  var isRaised: Bool { value.load(ordering: .acquiring) }

  func raise() { value.store(true, ordering: .releasing) }
}

/// Pieces of work, numbered from 0, that workers take as they become free.
private final class Tickets: Sendable {
  private let next = Atomic<Int>(0)
  private let count: Int

  init(_ count: Int) { self.count = count }

  /// The next piece that nobody has taken; nil when all are.
  func take() -> Int? {
    let ticket = next.add(1, ordering: .relaxed).oldValue
    return ticket < count ? ticket : nil
  }
}
