internal import COneDNN
import Tensors

extension GraphCompiler {
  func emitPooling(
    _ number: Int, _ pooling: Operation.Pooling, _ window: Window
  ) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    let shape = libraryWindow(window, of: number)
    let source = value(of: input).buffer
    let anyDestination = try Layout.images(self.shape(of: number), count: laneSize)

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
    setValue(of: number, to: destination, as: self.shape(of: number))
    // The workspace remembers which value of each window was the largest.
    let workspace = try kernel.optionalLayout(EXP_WORKSPACE).map {
      (role: EXP_WORKSPACE, place: Place.buffer(buffer($0)))
    }
    forward.append(
      kernel,
      [(EXP_SOURCE, .buffer(source)), (EXP_DESTINATION, .buffer(destination))]
        + [workspace].compactMap { $0 })

    // What the maximum takes of a ReLU's results is the ReLU of what it would take of its inputs.
    let mask = pooling == .max ? try mask(at: number) : nil
    return { [self] in
      guard needsGradient(input) else { return }
      if let mask {
        let gradient = Place.buffer(gradient(of: number))
        backward.append(
          mask,
          [
            (EXP_DESTINATION, .buffer(destination)), (EXP_DESTINATION_GRADIENT, gradient),
            (EXP_SOURCE_GRADIENT, gradient),
          ])
      }
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

  /// The gradient of the ReLU whose result the pooling `number`, and nothing else, takes, at the pooled size; nil if there
  /// is none, or the ReLU is to do that itself.
  private func mask(at number: Int) throws -> Kernel? {
    let input = graph.nodes[number].inputs[0]
    guard isOn(.pooledMasks), onlyConsumer(of: input) == number,
      case .activation(.relu) = graph.nodes[input].operation
    else { return nil }
    maskedLater.insert(input)
    let layout = layout(value(of: number).buffer).handle
    let function = ActivationFunction.relu.libraryFunction
    let layer = graph.nodes[input].layer
    let forward = try Kernel("activation", for: layer) {
      exp_activation_create($0, EXP_FORWARD, function, layout, nil)
    }
    return try Kernel("gradient of activation", for: layer) {
      exp_activation_create($0, EXP_BACKWARD_DATA, function, layout, forward.handle)
    }
  }
}
