import Tensors

/// Runs graphs on the CPU with oneDNN's kernels, lanes of a batch side by side on several threads.
///
/// The same graph, lane size and parameters give the same bits on any number of threads, on one CPU model
/// and library version.
package struct OneDNNBackend: Backend {
  /// The number of workers that share a batch's lanes.
  package let threads: Int

  private let profile: Profile?
  /// The passes that make compiled graphs do less.
  private let passes: Set<GraphPass>

  /// A backend with `threads` workers, at least 1. The time of training steps is added to `profile`.
  package init(threads: Int, profile: Profile? = nil) {
    self.init(threads: threads, profile: profile, passes: Set(GraphPass.allCases))
  }

  /// Likewise, only with some of the passes.
  package init(threads: Int, profile: Profile? = nil, passes: Set<GraphPass>) {
    self.threads = max(1, threads)
    self.profile = profile
    self.passes = passes
  }

  /// The number of calls that take a lane through a program for `graph` and back, and of float32 numbers that fill its
  /// memory.
  package func lane(
    of graph: Graph, laneSize: Int, mode: ProgramMode
  ) throws -> (calls: Int, numbers: Int) {
    OneDNNLibrary.useOneThread()
    let compiled = try GraphCompiler(graph, laneSize: laneSize, mode: mode, passes: passes)
      .compile()
    return (
      (compiled.forward + compiled.backward).joined().count,
      compiled.memory.floatCount(.worker) + compiled.memory.floatCount(.lane)
    )
  }

  /// Bytes that must be free for kernels and threads: the library ends the process where it finds no memory for a
  /// kernel's code.
  private static let roomForKernels = 1 << 26

  package func compile(_ graph: Graph, laneSize: Int, mode: ProgramMode) throws -> any Program {
    guard OneDNNLibrary.support(for: graph.precision) != .none else {
      throw OneDNNError(
        status: "this CPU has no instructions for it", call: "compute in \(graph.precision)",
        descriptor: "the network")
    }
    try Storage.requireRoom(for: Self.roomForKernels)
    OneDNNLibrary.useOneThread()
    let compiler = GraphCompiler(graph, laneSize: laneSize, mode: mode, passes: passes)
    return try OneDNNProgram(
      compiler.compile(), rule: compiler.rule, threads: threads, profile: profile)
  }
}
