import Learning
import Tensors
import Testing

@Suite struct SeparableConv2DTests {
  private let image = ImageShape(height: 9, width: 7, channels: 3)

  @Test func `parameters have Keras's names`() throws {
    let yaml = "{type: separable_conv2d, filters: 5, kernel_size: 3, depth_multiplier: 2}"
    #expect(
      try summary(yaml, after: image)
        == "7×5×5, depthwise_kernel [3, 3, 3, 2], pointwise_kernel [1, 1, 6, 5], bias [5]")
  }

  @Test func `each kernel has its initializer and regularizer`() throws {
    let found = try nodes(
      """
      {type: separable_conv2d, filters: 5, kernel_size: 3, depthwise_initializer: he_uniform,
       pointwise_initializer: lecun_normal, depthwise_regularizer: l1, pointwise_regularizer: l2,
       bias_regularizer: {type: l2, l2: 0.5}, activation: gelu}
      """, after: image)
    let parameters = found.flatMap(\.parameters)
    #expect(
      parameters.map(\.initializer) == [
        .scaledUniform(scale: 2, fan: .input), .scaledNormal(scale: 1, fan: .input), .zeros,
      ])
    #expect(
      parameters.map(\.regularizer) == [
        Regularizer(l1: 0.01), Regularizer(l2: 0.01), Regularizer(l2: 0.5),
      ])
    #expect(found.last?.operation == .activation(.gelu))
  }
}
