internal import COneDNN
import Tensors

extension GraphCompiler {
  func emitPooling(
    _ number: Int, _ pooling: Operation.Pooling, _ window: Window
  ) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    let shape = window.libraryWindow(over: graph.nodes[input].shape)
    let source = value(of: input).buffer
    let anyDestination = try Layout.images(node.shape, count: laneSize)

    func make(_ pass: exp_pass, _ destination: Layout, after forward: Kernel? = nil) throws
      -> Kernel
    {
      try Kernel("pooling", for: node.layer) { made in
        withUnsafePointer(to: shape) {
          exp_pooling_create(
            made, pass, pooling == .max ? EXP_MAXIMUM : EXP_AVERAGE, layout(source).handle,
            destination.handle, $0, forward?.handle)
        }
      }
    }

    let kernel = try make(EXP_FORWARD, anyDestination)
    let destination = buffer(try kernel.layout(EXP_DESTINATION))
    setValue(of: number, to: destination, as: node.shape)
    // The workspace remembers which value of each window was the largest.
    let workspace = try kernel.optionalLayout(EXP_WORKSPACE).map {
      (role: EXP_WORKSPACE, place: Place.buffer(buffer($0)))
    }
    forward.append(
      kernel,
      [(EXP_SOURCE, .buffer(source)), (EXP_DESTINATION, .buffer(destination))]
        + [workspace].compactMap { $0 })

    return { [self] in
      guard needsGradient(input) else { return }
      let backwardKernel = try make(EXP_BACKWARD_DATA, layout(destination), after: kernel)
      try addGradient(of: input) { target in
        backward.append(
          backwardKernel,
          [
            (EXP_DESTINATION_GRADIENT, .buffer(gradient(of: number))),
            (EXP_SOURCE_GRADIENT, .buffer(target)),
          ] + [workspace].compactMap { $0 })
      }
    }
  }
}
