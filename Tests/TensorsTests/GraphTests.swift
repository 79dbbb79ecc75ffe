import ReferenceBackend
import Tensors
import Testing

@Suite struct GraphTests {
  private func graph() -> Graph {
    var graph = Graph(
      input: ImageShape(height: 12, width: 12, channels: 3), loss: PlainCrossentropy())
    let window = Window(size: [3, 3], strides: [1, 1], padding: .valid)
    graph.append(
      .convolution2D(filters: 32, window: window, useBias: true), layer: "conv2d", input: 0)
    graph.append(.flatten, layer: "flatten", input: 1)
    graph.append(.dense(units: 20, useBias: true), layer: "dense", input: 2)
    graph.append(.activation(.softmax), layer: "dense", input: 3)
    return graph
  }

  @Test func `nodes know their inputs and shapes`() {
    let graph = graph()
    #expect(graph.nodes.map(\.inputs) == [[], [0], [1], [2], [3]])
    #expect(graph.nodes.map(\.shape.description) == ["12×12×3", "10×10×32", "3200", "20", "20"])
    #expect(graph.inputShape == ImageShape(height: 12, width: 12, channels: 3))
    #expect(graph.classCount == 20)
  }

  @Test func `parameters are in the order of the nodes, under their layer's name`() {
    #expect(
      graph().parameters.map(\.name)
        == ["conv2d.kernel", "conv2d.bias", "dense.kernel", "dense.bias"])
    let parameters = graph().initialParameters(seed: 1)
    #expect(parameters.entries.map(\.name) == graph().parameters.map(\.name))
    #expect(parameters.entries.map(\.tensor.shape) == graph().parameters.map(\.parameter.shape))
  }

  @Test func `kernels are uniform within Glorot's limits, biases zero`() throws {
    let parameters = graph().initialParameters(seed: 1)
    for (name, fans) in ["conv2d.kernel": 27 + 288, "dense.kernel": 3200 + 20] {
      let values = try #require(parameters[name]).values
      let limit = (6 / Float(fans)).squareRoot()
      #expect(values.allSatisfy { abs($0) <= limit })
      let count = Double(values.count)
      let mean = values.reduce(0) { $0 + Double($1) } / count
      let variance = values.reduce(0) { $0 + Double($1) * Double($1) } / count
      // Uniform in ±limit has the variance limit² ÷ 3.
      let wanted = Double(limit * limit) / 3
      #expect(abs(mean) < 4 * (wanted / count).squareRoot())
      #expect(abs(variance / wanted - 1) < 4 / count.squareRoot())
    }
    #expect(parameters["conv2d.bias"]?.values == [Float](repeating: 0, count: 32))
    #expect(parameters["dense.bias"]?.values == [Float](repeating: 0, count: 20))
  }

  @Test func `a seed gives the same parameters, another one others`() {
    #expect(graph().initialParameters(seed: 1) == graph().initialParameters(seed: 1))
    #expect(graph().initialParameters(seed: 1) != graph().initialParameters(seed: 2))
  }

  @Test func `no two kernels are drawn from the same numbers`() throws {
    var graph = Graph(input: ImageShape(flat: 5), loss: PlainCrossentropy())
    graph.append(.dense(units: 5, useBias: true), layer: "dense", input: 0)
    graph.append(.dense(units: 5, useBias: true), layer: "dense_1", input: 1)
    let parameters = graph.initialParameters(seed: 1)
    #expect(parameters["dense.kernel"] != parameters["dense_1.kernel"])
  }

  @Test func `known parameters stand in the place of drawn ones, which stay the same`() {
    let kernel = Tensor(
      shape: [3200, 20], values: [Float](repeating: 0.5, count: 3200 * 20))
    let known = NamedTensors([.init(name: "dense.kernel", tensor: kernel)])
    var wanted = graph().initialParameters(seed: 1)
    wanted.entries[2].tensor = kernel
    #expect(graph().initialParameters(seed: 1, known: known) == wanted)
  }
}
