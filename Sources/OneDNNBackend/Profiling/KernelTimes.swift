import Synchronization
import Tensors

extension OneDNNBackend {
  /// The time that the library's kernels of a training step of `batch` take if each runs alone, again and again, so
  /// that its data is in the nearest cache: the least that a step can come to with them. All threads do so at once.
  ///
  /// `program` must be one of this backend's for training, and have been trained with such a batch before.
  package func timeOfKernelsAlone(
    in program: any Program, for batch: Batch, rounds: Int
  ) throws -> Duration {
    guard let program = program as? OneDNNProgram else {
      preconditionFailure("a program of another backend")
    }
    return try program.timeOfKernelsAlone(for: batch, rounds: rounds)
  }
}

extension OneDNNProgram {
  fileprivate func timeOfKernelsAlone(for batch: Batch, rounds: Int) throws -> Duration {
    let propagation = Propagation(
      batch: batch, laneSize: graph.laneSize, isTraining: true, statistics: .stay, arenas: [],
      rows: store.rows)
    let sum = Mutex(Duration.zero)
    try pool.run { [store, workers, graph] index in
      let worker = workers[index]
      let gradients = try store.makeGradients()
      func time(_ work: () throws -> Void) rethrows -> Duration {
        let clock = ContinuousClock()
        return try (0..<rounds).map { _ in try clock.measure(work) }.sorted()[rounds / 2]
      }
      let calls = (graph.forward + graph.backward).joined().filter {
        if case .kernel = $0.work { true } else { false }
      }
      let ofLane = try calls.reduce(Duration.zero) { sum, call in
        try sum + time { try worker.run(call, gradients, Lane(0, of: propagation)) }
      }
      // Work that is done once for the batch, products over all images and copies of parameters, is shared out as in a
      // step.
      func mine(_ count: Int) -> StrideTo<Int> { stride(from: index, to: count, by: workers.count) }
      var once = Duration.zero
      for slice in mine(store.slices.count) where store.rows[store.slices[slice].parameter] != nil {
        once += try time {
          try store.sumGradients(
            slice: slice, slotCount: 1, imageCount: batch.samples.count, on: worker.stream)
        }
      }
      for copy in mine(store.refreshCount) {
        once += try time { try store.refresh(copy, on: worker.stream) }
      }
      // Each worker takes a part of the lanes.
      let whole = ofLane * propagation.laneCount / workers.count + once
      sum.withLock { $0 += whole }
    }
    return sum.withLock { $0 } / workers.count
  }
}
