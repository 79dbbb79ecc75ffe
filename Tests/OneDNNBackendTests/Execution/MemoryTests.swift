import OneDNNBackend
import ReferenceBackend
import Tensors
import Testing

struct MemoryTests {
  @Test func `a network that fits into no memory is an error, not a crash`() throws {
    var graph = Graph(
      input: ImageShape(height: 1000, width: 1000, channels: 1), loss: PlainCrossentropy())
    graph.append(.flatten, layer: "flatten", input: 0)
    graph.append(.dense(units: 100_000_000, useBias: true), layer: "dense", input: 1)
    graph.append(.dense(units: 2, useBias: true), layer: "dense_1", input: 2)
    graph.append(.activation(.softmax), layer: "dense_1", input: 3)
    let error = #expect(throws: OneDNNError.self) {
      try OneDNNBackend(threads: 1).compile(graph, laneSize: 1, mode: .inference)
    }
    #expect(error?.description.contains("memory") == true, "\(String(describing: error))")
  }
}
