internal import COneDNN
import Tensors

extension GraphCompiler {
  /// A softmax that is not the network's last node; that one is computed together with the loss.
  func emitSoftmax(_ number: Int) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    // A vector's softmax is over all its values, an image's over each pixel's channels.
    let source = try operand(input)
    let kernel = try Kernel("softmax", for: node.layer) {
      exp_softmax_create($0, EXP_FORWARD, layout(source).handle, nil)
    }
    let destination = buffer(layout(source))
    setValue(of: number, to: destination, as: shape(of: number))
    forward.append(
      kernel, [(EXP_SOURCE, .buffer(source)), (EXP_DESTINATION, .buffer(destination))])

    return { [self] in
      let backwardKernel = try Kernel("gradient of softmax", for: node.layer) {
        exp_softmax_create($0, EXP_BACKWARD_DATA, layout(source).handle, kernel.handle)
      }
      try addOperandGradient(of: input, in: layout(source)) { target in
        backward.append(
          backwardKernel,
          [
            (EXP_DESTINATION, .buffer(destination)),
            (EXP_DESTINATION_GRADIENT, .buffer(gradient(of: number))),
            (EXP_SOURCE_GRADIENT, .buffer(target)),
          ])
      }
    }
  }
}
