import ExperimentExamples
import Testing

@Suite struct ExperimentPlanMemoryTests {
  @Test func itCountsImagesNetworkAndProgram() throws {
    let memory = try #require(try Reading(spec()).plan).memory(threads: 1)
    // 60 training and 20 test images of 16×16 bytes, each with its class.
    #expect(memory.images == 80 * 257)
    // Kernel and bias as learned and as read, and Adam's two numbers; the gradient of the kernel once, of the bias for
    // each of two lanes; what is saved, as tensors and as a file.
    let numbers = 650 * (2 + 2 + 2 * 3) + 640 + 2 * 10
    #expect(memory.parameters == Double(4 * numbers))
    #expect(
      memory.total == memory.images + memory.parameters + memory.activations + memory.program)
  }

  @Test func `kernels as Winograd's algorithm takes them are counted where it is used`() throws {
    func bytes(_ settings: [String: String], _ algorithm: String) throws -> Double {
      let convolution = "{type: conv2d, filters: 8, kernel_size: 3}"
      let model =
        "{convolution: \(algorithm), layers: [\(convolution), \(convolution), flatten, "
        + "{type: dense, units: 10, activation: softmax}]}"
      let text = spec(settings.merging(["model": model]) { $1 })
      return try #require(try Reading(text, support: .full).plan).memory(threads: 1)
        .parameters
    }
    #expect(try bytes([:], "direct") < bytes([:], "winograd"))
    let narrow = ["precision": "bfloat16"]
    #expect(try bytes(narrow, "direct") == bytes(narrow, "winograd"))
  }

  /// 40 images are trained on, so that a batch never has more.
  @Test func aBatchIsNoLargerThanTheImagesThatThereAre() throws {
    func activations(batchSize: Int) throws -> Double {
      let training = "{epochs: 1, batch_size: \(batchSize), lane_size: 8}"
      return try #require(try Reading(spec(["training": training])).plan).memory(threads: 1)
        .activations
    }
    #expect(try activations(batchSize: 40) == activations(batchSize: 4000))
    #expect(try activations(batchSize: 20) < activations(batchSize: 40))
  }
}
