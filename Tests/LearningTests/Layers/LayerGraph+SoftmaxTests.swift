import Learning
import Testing

@Suite struct LayerGraphSoftmaxTests {
  private func findings(_ layers: String) throws -> String {
    try model("layers: [\(layers)]").findings
  }

  private static let dense = "flatten, {type: dense, units: 10, activation: softmax}"

  @Test(arguments: [
    "softmax", "{type: dropout, rate: 0.5}, softmax",
    "{type: gaussian_noise, stddev: 0.1}, {type: dropout, rate: 0.5}, softmax",
    "{type: reshape, target_shape: [1, 1, 10]}, flatten, softmax",
  ])
  func `a softmax of a softmax is a mistake, whatever stands between`(layers: String) throws {
    #expect(
      try findings("\(Self.dense), \(layers)").contains(
        "error: this softmax takes the probabilities that another one has made"))
  }

  @Test(arguments: [
    "{type: dense, units: 10, activation: softmax}", "{type: rescaling, scale: 10}, softmax",
    "{type: batch_normalization}, softmax",
  ])
  func `a softmax of what is made of another is none`(layers: String) throws {
    #expect(try findings("\(Self.dense), \(layers)") == "")
  }

  @Test func `pixels may have probabilities of their own`() throws {
    let layers =
      "{type: conv2d, filters: 10, kernel_size: 28, activation: softmax}, flatten, softmax"
    #expect(try findings(layers).contains("this softmax takes the probabilities"))
    // Of two pixels a softmax over both is another thing.
    #expect(
      try findings(
        "{type: conv2d, filters: 5, kernel_size: [28, 27], activation: softmax}, flatten, softmax")
        == "")
  }
}
