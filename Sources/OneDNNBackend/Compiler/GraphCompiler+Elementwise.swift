internal import COneDNN
import Tensors

extension GraphCompiler {
  /// A function of each value. If the kernel before it has computed it already, only its gradient remains.
  func emitActivation(_ number: Int, _ function: ActivationFunction) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    guard let named = function.libraryFunction else {
      preconditionFailure("softmax is emitted apart")
    }
    let shape = value(of: input).shape
    let source = value(of: input).buffer
    let isFused =
      switch graph.nodes[input].operation {
      case .convolution2D, .dense: fusedFunction(after: input) != EXP_IDENTITY
      default: false
      }
    let kernel = try Kernel("activation", for: node.layer) {
      exp_activation_create($0, EXP_FORWARD, named, layout(source).handle, nil)
    }
    let destination = isFused ? source : buffer(layout(source))
    setValue(of: number, to: destination, as: shape)
    if !isFused {
      forward.append(
        .kernel(
          kernel, [(EXP_SOURCE, .buffer(source)), (EXP_DESTINATION, .buffer(destination))]))
    }

    return { [self] in
      guard needsGradient(input) else { return }
      let backwardKernel = try Kernel("gradient of activation", for: node.layer) {
        exp_activation_create($0, EXP_BACKWARD_DATA, named, layout(source).handle, kernel.handle)
      }
      let gradient = gradient(of: number)
      setGradient(of: input, to: gradient)  // in place: nobody reads it after this
      backward.append(
        .kernel(
          backwardKernel,
          [
            (EXP_DESTINATION, .buffer(destination)),
            (EXP_DESTINATION_GRADIENT, .buffer(gradient)),
            (EXP_SOURCE_GRADIENT, .buffer(gradient)),
          ]))
    }
  }

  func emitDropout(_ number: Int, rate: Float) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    let shape = value(of: input).shape
    let source = value(of: input).buffer
    let mask = buffer(layout(source))
    let destination = buffer(layout(source))
    setValue(of: number, to: destination, as: shape)

    let plainLayout = try Layout.plain(shape, count: laneSize)
    var reordering: (plain: Int, kernel: Kernel)?
    if layout(source) != plainLayout {
      let kernel = try Kernel.reorder(from: plainLayout, to: layout(source), for: node.layer)
      reordering = (buffer(plainLayout), kernel)
    }
    let draw = DropoutCall.Draw(
      mask: DropoutMask(rate: rate), node: number, count: node.shape.elementCount,
      reorder: reordering)
    forward.append(
      .dropout(DropoutCall(source: source, mask: mask, destination: destination, draw: draw)))

    return { [self] in
      guard needsGradient(input) else { return }
      let gradient = gradient(of: number)
      setGradient(of: input, to: gradient)  // in place: nobody reads it after this
      backward.append(
        .dropout(DropoutCall(source: gradient, mask: mask, destination: gradient, draw: nil)))
    }
  }
}
