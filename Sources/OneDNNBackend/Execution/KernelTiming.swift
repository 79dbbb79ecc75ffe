import Tensors

extension OneDNNBackend {
  /// The seconds that the kernels alone of `program`, which this backend compiled to learn, take for one lane, in their
  /// order and on their memory, one after another on this thread: the median of some `repetitions`. With its share of
  /// the products that are made once for a whole batch, of which the program has just learned one of `laneCount` lanes.
  package static func kernelSeconds(
    of program: any Program, laneCount: Int, repetitions: Int
  ) throws -> Double {
    guard let program = program as? OneDNNProgram else {
      preconditionFailure("a program of another backend")
    }
    OneDNNLibrary.useOneThread()
    OneDNNLibrary.flushDenormals()
    let worker = program.workers[0]
    let gradients = try program.store.makeGradients()
    let calls = (worker.arena.forward + worker.arena.backward).joined().filter { call in
      if case .kernel = call.work { true } else { false }
    }
    let times = try (0..<repetitions).map { _ in
      try ContinuousClock().measure {
        for call in calls { try worker.run(kernel: call, gradients) }
      } / .seconds(1)
    }
    let products = try (0..<repetitions).map { _ in
      try ContinuousClock().measure {
        for (parameter, rows) in program.store.rows {
          try rows.writeGradient(
            rows: 0..<rows.inputCount, of: laneCount * worker.graph.laneSize,
            to: gradients[parameter].floats)
        }
      } / .seconds(laneCount)
    }
    return times.sorted()[repetitions / 2] + products.sorted()[repetitions / 2]
  }
}
