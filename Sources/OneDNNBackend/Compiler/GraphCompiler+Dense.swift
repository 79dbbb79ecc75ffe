internal import COneDNN
import Tensors

extension GraphCompiler {
  /// A dense layer after a flatten takes the image as it lies: its kernel [inputs, units] is then one of height ×
  /// width × channels → units, whose rows stand in just the order that Keras's flatten gives.
  func emitDense(_ number: Int) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    let shape = value(of: input).shape
    let dimensions =
      shape.isFlat
      ? [node.shape.channels, shape.channels]
      : [node.shape.channels, shape.channels, shape.height, shape.width]
    let canonical = try Layout(dimensions, shape.isFlat ? EXP_ORDER_TRANSPOSED : EXP_ORDER_KERNEL)
    let anyKernel = try Layout(dimensions, EXP_ORDER_ANY)
    let bias = try node.parameters.dropFirst().first.map { try Layout($0.shape, EXP_ORDER_VECTOR) }
    let source = value(of: input).buffer
    let destination = buffer(try .plain(node.shape, count: laneSize))
    setValue(of: number, to: destination, as: node.shape)

    func make(_ pass: exp_pass, after forward: Kernel? = nil) throws -> Kernel {
      let fused = forward == nil ? fusedFunction(after: number) : EXP_IDENTITY
      return try Kernel("inner product", for: node.layer) {
        exp_dense_create(
          $0, pass, layout(source).handle, anyKernel.handle, bias?.handle,
          layout(destination).handle, fused, forward?.handle)
      }
    }

    let kernel = try make(isTraining ? EXP_FORWARD : EXP_FORWARD_INFERENCE)
    let weightsGradient: Kernel? =
      isTraining ? try make(EXP_BACKWARD_WEIGHTS, after: kernel) : nil
    let learned = try weightsGradient?.layout(EXP_WEIGHTS_GRADIENT)
    let (weights, biasNumber) = try addParameters(
      of: number, canonical: canonical, learned: learned, bias: bias)

    forward.append(
      .kernel(
        kernel,
        [
          (EXP_SOURCE, .buffer(source)),
          (EXP_WEIGHTS, place(of: weights, in: try kernel.layout(EXP_WEIGHTS))),
          (EXP_DESTINATION, .buffer(destination)),
        ] + (biasNumber.map { [(EXP_BIAS, Place.parameter($0, copy: 0))] } ?? [])))

    return { [self] in
      guard let weightsGradient else { preconditionFailure("backward of an inference program") }
      let gradient = gradient(of: number)
      backward.append(
        .kernel(
          weightsGradient,
          [
            (EXP_SOURCE, .buffer(source)), (EXP_DESTINATION_GRADIENT, .buffer(gradient)),
            (EXP_WEIGHTS_GRADIENT, .gradient(weights)),
          ] + (biasNumber.map { [(EXP_BIAS_GRADIENT, Place.gradient($0))] } ?? [])))
      guard needsGradient(input) else { return }
      let dataGradient = try make(EXP_BACKWARD_DATA, after: kernel)
      backward.append(
        .kernel(
          dataGradient,
          [
            (EXP_SOURCE_GRADIENT, .buffer(makeGradient(of: input))),
            (EXP_WEIGHTS, place(of: weights, in: try dataGradient.layout(EXP_WEIGHTS))),
            (EXP_DESTINATION_GRADIENT, .buffer(gradient)),
          ]))
    }
  }
}
