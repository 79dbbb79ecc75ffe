import Tensors

/// Runs graphs on the CPU with oneDNN's kernels, lanes of a batch side by side on several threads.
///
/// The same graph, lane size and parameters give the same bits on any number of threads, on one CPU model
/// and library version.
public struct OneDNNBackend: Backend {
  /// How many workers share a batch's lanes.
  public let threads: Int

  private let profile: Profile?

  /// A backend with `threads` workers, at least 1. What training steps spend their time on goes into `profile`.
  public init(threads: Int, profile: Profile? = nil) {
    self.threads = max(1, threads)
    self.profile = profile
  }

  public func compile(_ graph: Graph, laneSize: Int, mode: ProgramMode) throws -> any Program {
    OneDNNLibrary.useOneThread()
    let compiler = GraphCompiler(graph, laneSize: laneSize, mode: mode)
    return try OneDNNProgram(
      compiler.compile(), rule: compiler.rule, threads: threads, profile: profile)
  }
}
