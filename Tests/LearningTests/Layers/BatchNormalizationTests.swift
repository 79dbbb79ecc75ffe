import Learning
import Specs
import Tensors
import Testing

@Suite struct BatchNormalizationTests {
  private let image = ImageShape(height: 9, width: 7, channels: 3)

  @Test func `parameters and defaults are Keras's`() throws {
    #expect(
      try summary("batch_normalization", after: image)
        == "9×7×3, gamma [3], beta [3], moving_mean [3], moving_variance [3]")
    let found = try nodes("batch_normalization", after: image)
    #expect(found[0].operation == .batchNormalization(.init(epsilon: 0.001), momentum: 0.99))
    #expect(found[0].parameters.map(\.initializer) == [.ones, .zeros, .zeros, .ones])
    #expect(found[0].parameters.map(\.isLearned) == [true, true, false, false])
  }

  @Test func `gamma may start at zero, for a residual block that begins as nothing`() throws {
    let yaml = "{type: batch_normalization, gamma_initializer: zeros, beta_regularizer: l2}"
    let found = try nodes(yaml, after: image)
    #expect(found[0].parameters[0].initializer == .zeros)
    #expect(found[0].parameters[1].regularizer == Regularizer(l2: 0.01))
  }

  @Test func `gamma and beta may be left out`() throws {
    let yaml = "{type: batch_normalization, center: false, scale: false}"
    #expect(try summary(yaml, after: image) == "9×7×3, moving_mean [3], moving_variance [3]")
  }

  @Test(arguments: [
    "momentum: 1.5": "must be between 0 and 1, got 1.5",
    "epsilon: 0": "must be at least 1e-12, got 0",
  ])
  func `a value out of range is refused`(fields: String, message: String) {
    let found = findings("{type: batch_normalization, \(fields)}", as: OneOf<LayerCatalog>.self)
    #expect(found.contains("error: \(message)\n"))
  }
}
