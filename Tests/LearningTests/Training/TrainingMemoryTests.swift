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
  func `parameters are there twice, with gradients, the optimizer's numbers, and what is saved`()
    throws
  {
    let layers = "{type: conv2d, filters: 8, kernel_size: 3}, flatten, \(Self.dense)"
    let (lanes, batch) = (9 * 8 + 8 + 10, 26 * 26 * 8 * 10)
    let all = lanes + batch
    // 4 lanes, and the dense layer's kernel once for all; 2 numbers of Adam's, none of plain descent's; and all that is
    // saved, as tensors and as a file.
    let (adam, descent) = (all * (2 + 2 + 2 * 3), all * (2 + 2))
    #expect(try memory(layers).parameterBytes == 4 * Double(adam + lanes * 4 + batch))
    #expect(
      try memory(layers, optimizer: SGD()).parameterBytes
        == 4 * Double(descent + lanes * 4 + batch))
    // Beyond 64 lanes they share gradients.
    #expect(
      try memory(layers, batchSize: 5000).parameterBytes
        == 4 * Double(adam + lanes * 64 + batch))
  }

  @Test func `what is needed at once is there for each thread's lane`() throws {
    // The images, and the convolution's result with its activation and that of the pooling; when the pooling's gradient
    // becomes that of the convolution's result, these two.
    let convolution = 26 * 26 * 16
    let pooling = 13 * 13 * 16
    let values = 784 + convolution + pooling
    let gradients = convolution + pooling
    // And what the dense layer learns from, for the whole batch.
    let rows = pooling + 10
    let layers =
      "{type: conv2d, filters: 16, kernel_size: 3, activation: relu}, max_pooling2d, flatten, \(Self.dense)"
    for threads in [1, 3] {
      #expect(
        try memory(layers, threads: threads).activationBytes
          == 4 * Double(threads * 16 * (values + gradients) + 64 * rows))
    }
  }

  @Test func `a few channels take the place of a block, and have an order of their own`() throws {
    func activations(_ filters: Int, _ size: Int = 2) throws -> Double {
      try memory(
        "{type: conv2d, filters: \(filters), kernel_size: \(size)}, global_average_pooling2d, \(Self.dense)"
      ).activationBytes
    }
    let pixels = 4 * 2 * 16 * 27 * 27
    #expect(try activations(24) - activations(16) > Double(2 * 16 * pixels - 100_000))
    #expect(try activations(8) > activations(16))
    #expect(try activations(8) < activations(24))
    // Kernels of exp's own need neither for a first layer.
    #expect(try activations(8, 3) < activations(16, 3))
  }

  /// What a run took beyond one of a tiny net, on two threads with AVX-512.
  @Test func `a deep, narrow net is estimated as it was measured`() throws {
    let convolution =
      "{type: conv2d, filters: 4, kernel_size: 3, activation: relu, padding: same}"
    let layers = Array(repeating: convolution, count: 60).joined(separator: ", ")
    let memory = try memory(
      "\(layers), global_average_pooling2d, \(Self.dense)", batchSize: 128)
    let megabytes = (memory.parameterBytes + memory.activationBytes) / 1e6
    #expect(abs(megabytes - 133) < 133 / 10, "\(megabytes)")
  }

  @Test func `Winograd's algorithm works in memory of each thread`() throws {
    func difference(_ size: Int) throws -> Double {
      let convolution =
        "{type: conv2d, filters: 16, kernel_size: \(size), padding: same}"
      let layers = "\(convolution), \(convolution), global_average_pooling2d, \(Self.dense)"
      return try memory(layers, threads: 3).activationBytes
        - memory(layers, threads: 2).activationBytes
    }
    // Input and result of 113 tiles at 36 points, or of 45 where the kernel is in four parts; and the kernel's gradient.
    let (whole, parts) = (113 * (16 + 16) + 16 * 16, 45 * (64 + 16) + 64 * 16)
    #expect(try difference(3) - difference(7) == Double(4 * 36 * whole))
    #expect(try difference(5) - difference(7) == Double(4 * 36 * parts))
  }

  @Test func `kernels of exp's own compute some activations on the way`() throws {
    func activations(_ function: String, _ convolution: String) throws -> Double {
      try memory(
        "{type: conv2d, filters: 16, kernel_size: 3, activation: \(function), \(convolution)}, "
          + "global_average_pooling2d, \(Self.dense)"
      ).activationBytes
    }
    let result = Double(4 * 2 * 16 * 26 * 26 * 16)
    #expect(try activations("tanh", "padding: valid") == activations("relu", "padding: valid"))
    #expect(
      try activations("elu", "padding: valid") == activations("relu", "padding: valid") + result)
    // Other kernels compute whatever follows from its result.
    #expect(try activations("elu", "dilation_rate: 2") == activations("relu", "dilation_rate: 2"))
  }

  @Test func `what does not learn has no gradients`() throws {
    let frozen = "{type: conv2d, filters: 16, kernel_size: 3, trainable: false}"
    let learned = "{type: conv2d, filters: 16, kernel_size: 3}"
    let difference =
      try memory("\(learned), flatten, \(Self.dense)").activationBytes
      - memory("\(frozen), flatten, \(Self.dense)").activationBytes
    // The gradient of the convolution's result. Without it the most is needed one step earlier, where the softmax's ten
    // gradients become as many of the dense layer's.
    #expect(difference == 4 * 2 * 16 * (26 * 26 * 16 - 10))
  }

  @Test func `batch normalization keeps all lanes of a batch on their way`() throws {
    let layers = "{type: conv2d, filters: 16, kernel_size: 3}, NORM, flatten, \(Self.dense)"
    func activations(_ normalization: String) throws -> Double {
      try memory(layers.replacing("NORM", with: normalization), threads: 1).activationBytes
        - 4 * 64 * Double(26 * 26 * 16 + 10)
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
