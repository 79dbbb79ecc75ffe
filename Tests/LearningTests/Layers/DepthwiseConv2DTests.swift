import Learning
import Tensors
import Testing

@Suite struct DepthwiseConv2DTests {
  private let image = ImageShape(height: 9, width: 7, channels: 3)

  @Test func `each channel has filters of its own`() throws {
    let found = try nodes(
      "{type: depthwise_conv2d, kernel_size: 3, depth_multiplier: 2}", after: image)
    let window = Window(size: [3, 3], strides: [1, 1], padding: .valid)
    #expect(
      found.map(\.operation) == [
        .convolution2D(filters: 6, window: window, groups: 3, useBias: true)
      ])
    #expect(found[0].parameters.map(\.name) == ["kernel", "bias"])
  }

  @Test func `its kernel is drawn as Keras's, which counts all channels as inputs`() throws {
    let found = try nodes(
      "{type: depthwise_conv2d, kernel_size: [3, 2], depth_multiplier: 2, depthwise_regularizer: l1}",
      after: image)
    let kernel = found[0].parameters[0]
    #expect(kernel.fanIn == 3 * 2 * 3 && kernel.fanOut == 3 * 2 * 2)
    #expect(kernel.initializer == .glorotUniform)
    #expect(kernel.regularizer == Regularizer(l1: 0.01))
  }

  @Test func `a vector is refused`() throws {
    let refused = try refusal(
      "{type: depthwise_conv2d, kernel_size: 1}", after: ImageShape(flat: 3))
    #expect(
      refused?[0] == "'depthwise_conv2d' needs an image (height×width×channels), got a vector of 3")
  }
}
