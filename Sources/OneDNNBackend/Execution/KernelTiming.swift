import Tensors

extension OneDNNBackend {
  /// The seconds that the kernels alone of `program`, which this backend compiled to learn, take for one lane, in their
  /// order and on their memory, one after another on this thread: the median of some `repetitions`.
  package static func kernelSeconds(of program: any Program, repetitions: Int) throws -> Double {
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
    return times.sorted()[repetitions / 2]
  }
}
