import Learning
import Testing

@Suite struct TrainingMemoryTests {
  private func memory(
    _ layers: String, optimizer: any OptimizerSpec = Adam(), batchSize: Int = 64,
    laneSize: Int = 16, threads: Int = 2
  ) throws -> TrainingMemory {
    let graph = try #require(try model("layers: [\(layers)]").graph).graph
    return TrainingMemory(
      graph, rule: optimizer.updateRule, batchSize: batchSize, laneSize: laneSize, threads: threads)
  }

  private static let dense = "{type: dense, units: 10, activation: softmax}"

  @Test
  func `parameters are there twice, with gradients for each lane and the optimizer's numbers`()
    throws
  {
    let layers = "{type: conv2d, filters: 8, kernel_size: 3}, flatten, \(Self.dense)"
    let (lanes, batch) = (9 * 8 + 8 + 10, 26 * 26 * 8 * 10)
    let all = lanes + batch
    // 4 lanes, and the dense layer's kernel once for all; 2 numbers of Adam's, none of plain descent's.
    #expect(try memory(layers).parameterBytes == 4 * Double(all * (2 + 2) + lanes * 4 + batch))
    #expect(
      try memory(layers, optimizer: SGD()).parameterBytes
        == 4 * Double(all * 2 + lanes * 4 + batch))
    // Beyond 64 lanes they share gradients.
    #expect(
      try memory(layers, batchSize: 5000).parameterBytes
        == 4 * Double(all * (2 + 2) + lanes * 64 + batch))
  }

  @Test func `what is needed at once is there for each thread's lane`() throws {
    // The images, and the convolution's result with its activation and that of the pooling; when the pooling's gradient
    // becomes that of the convolution's result, these two.
    let convolution = 26 * 26 * 4
    let pooling = 13 * 13 * 4
    let values = 784 + convolution + pooling
    let gradients = convolution + pooling
    // And what the dense layer learns from, for the whole batch.
    let rows = pooling + 10
    let layers =
      "{type: conv2d, filters: 4, kernel_size: 3, activation: relu}, max_pooling2d, flatten, \(Self.dense)"
    for threads in [1, 3] {
      #expect(
        try memory(layers, threads: threads).activationBytes
          == 4 * Double(threads * 16 * (values + gradients) + 64 * rows))
    }
  }

  @Test func `what does not learn has no gradients`() throws {
    let frozen = "{type: conv2d, filters: 4, kernel_size: 3, trainable: false}"
    let learned = "{type: conv2d, filters: 4, kernel_size: 3}"
    let difference =
      try memory("\(learned), flatten, \(Self.dense)").activationBytes
      - memory("\(frozen), flatten, \(Self.dense)").activationBytes
    // The gradient of the convolution's result. Without it the most is needed one step earlier, where the softmax's ten
    // gradients become as many of the dense layer's.
    #expect(difference == 4 * 2 * 16 * (26 * 26 * 4 - 10))
  }

  @Test func `batch normalization keeps all lanes of a batch on their way`() throws {
    let layers = "{type: conv2d, filters: 4, kernel_size: 3}, NORM, flatten, \(Self.dense)"
    func activations(_ normalization: String) throws -> Double {
      try memory(layers.replacing("NORM", with: normalization), threads: 1).activationBytes
        - 4 * 64 * Double(26 * 26 * 4 + 10)
    }
    let frozen = try activations("{type: batch_normalization, trainable: false}")
    #expect(try activations("batch_normalization") == 4 * frozen)
  }

  @Test func `sizes beyond all memory are only large numbers`() throws {
    let layers =
      "{type: conv2d, filters: 10000, kernel_size: 1}, global_average_pooling2d, \(Self.dense)"
    #expect(
      try memory(layers, batchSize: 1_000_000, laneSize: 1_000_000, threads: 256).activationBytes
        > 1e16)
  }
}
