/// Memory for tensors of a lane: a worker's, or a lane's own, as the plan has it.
final class Arena: Sendable {
  private let memories: [Memory?]

  init(_ graph: CompiledGraph, _ home: MemoryPlan.Home) throws {
    let storage = try Storage(count: graph.memory.floatCount(home))
    memories = try zip(graph.buffers, graph.memory.spots).map { buffer, spot in
      spot.home == home ? try Memory(buffer.layout, in: storage, at: spot.offset) : nil
    }
  }

  /// The tensor in the buffer of that number; nil if it lies elsewhere.
  subscript(buffer: Int) -> Memory? { memories[buffer] }
}
