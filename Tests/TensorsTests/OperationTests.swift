import Tensors
import Testing

@Suite struct OperationTests {
  private let image = ImageShape(height: 5, width: 4, channels: 3)
  private let window = Window(size: [3, 2], strides: [1, 1], padding: .valid)

  @Test(arguments: [true, false])
  func `a convolution`(useBias: Bool) {
    let operation = Tensors.Operation.convolution2D(filters: 7, window: window, useBias: useBias)
    #expect(operation.outputShape(for: [image]) == ImageShape(height: 3, width: 3, channels: 7))
    let parameters = operation.parameters(for: [image])
    #expect(parameters.map(\.name) == (useBias ? ["kernel", "bias"] : ["kernel"]))
    #expect(parameters.map(\.shape) == (useBias ? [[3, 2, 3, 7], [7]] : [[3, 2, 3, 7]]))
    #expect(parameters[0].count == 126)
    // Each of 63 outputs: 18 products, 17 sums of them, and one for the bias.
    #expect(operation.floatingPointOperations(for: [image]) == 63 * (useBias ? 36 : 35))
  }

  @Test(arguments: [true, false])
  func `a dense layer`(useBias: Bool) {
    let operation = Tensors.Operation.dense(units: 7, useBias: useBias)
    let vector = ImageShape(flat: 60)
    #expect(operation.outputShape(for: [vector]) == ImageShape(flat: 7))
    let parameters = operation.parameters(for: [vector])
    #expect(parameters.map(\.shape) == (useBias ? [[60, 7], [7]] : [[60, 7]]))
    #expect(
      parameters.map(\.initializer)
        == [.glorotUniform] + (useBias ? [.zeros] : []))
    #expect(parameters[0].fanIn == 60 && parameters[0].fanOut == 7)
    #expect(operation.floatingPointOperations(for: [vector]) == 7 * (useBias ? 120 : 119))
  }

  @Test func `operations that learn nothing`() {
    let pooling = Tensors.Operation.pooling2D(.max, window)
    #expect(pooling.outputShape(for: [image]) == ImageShape(height: 3, width: 3, channels: 3))
    #expect(pooling.floatingPointOperations(for: [image]) == 27 * 5)
    #expect(Tensors.Operation.flatten.outputShape(for: [image]) == ImageShape(flat: 60))
    #expect(Tensors.Operation.dropout(rate: 0.5).outputShape(for: [image]) == image)
    #expect(Tensors.Operation.activation(.relu).floatingPointOperations(for: [image]) == 60)
    #expect(Tensors.Operation.input(image).outputShape(for: [image]) == image)
    for operation in [pooling, .flatten, .dropout(rate: 0.5), .activation(.softmax), .input(image)]
    {
      #expect(operation.parameters(for: [image]).isEmpty)
    }
  }
}
