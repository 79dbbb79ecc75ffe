internal import CKernels
internal import COneDNN
import Tensors

extension GraphCompiler {
  /// A convolution of images that have few channels, in routines of our own: with few numbers to a sum, the library's take
  /// longer than it does to fetch them. They compute an activation and a pooling behind it, gradients and all.
  func emitNarrow(_ number: Int, _ window: Window) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    let parts = try parts(
      of: number, window, by: exp_narrow_instructions(Int64(shape(of: number).channels)))
    let activation = fusedActivation(after: number)
    if let activation { activated.insert(activation) }
    let pooling = fusedPooling(after: number)
    let last = pooling?.number ?? activation ?? number
    if pooling?.kind != .average { ownResults.insert(last) }
    let (source, inputStep) = try pixelwise(input)
    let convolution = NarrowConvolution(
      convolution: parts.convolution, inputStep: inputStep,
      activation: activation.flatMap { graph.nodes[$0].operation.activation },
      pooling: pooling?.kind)
    let kernel = place(of: parts.kernel, in: parameters[parts.kernel].canonical)
    let name = parts.convolution.name("narrow")
    // What is pooled by mean is needed for the activation's gradient.
    let kept =
      isTraining && needsGradient(number) && pooling?.kind == .average && activation != nil
      ? Place.buffer(buffer(try parts.convolution.layout(shape(of: number)))) : nil
    let room = buffer(try Layout([convolution.forwardRoom], EXP_ORDER_VECTOR))
    let optional = OptionalPlaces([biasPlace(parts), kept, parts.winners], after: 4)
    forward.append(
      [.buffer(source), kernel, .buffer(parts.destination), .buffer(room)] + optional.places,
      by: name
    ) { floats, _ in
      withUnsafePointer(to: convolution.layer) {
        exp_narrow_forward(
          $0, floats[0], floats[1], optional.floats(0, floats), floats[2],
          optional.floats(1, floats), optional.winners(2, floats), floats[3])
      }
    }

    return { [self] in
      let gradient = gradient(of: number)
      let learned = gradientPlaces(parts)
      let behind = normalizedBefore[last]
      let clearFilling = clearFilling(of: layout(source))
      /// Adds the call that computes all gradients at once, that of the input into buffer `target`.
      func emit(into target: Int?) throws {
        let room = buffer(try Layout([convolution.backwardRoom], EXP_ORDER_VECTOR))
        let optional = OptionalPlaces(
          [target.map { .buffer($0) }] + learned + [parts.winners, behind?.place], after: 5)
        let work = work(toLearn: learned, givesBack: target != nil)
        backward.append(
          [
            .buffer(source), kernel, kept ?? .buffer(parts.destination), .buffer(gradient),
            .buffer(room),
          ] + optional.places, by: work == .biasGradient ? nil : name, as: work
        ) { floats, lane in
          let gradients = exp_convolution_gradients(
            input: optional.floats(0, floats), kernel: optional.floats(1, floats),
            bias: optional.floats(2, floats))
          var layer = convolution.layer
          layer.convolution.images = Int64(lane.samples.count)
          behind.withPointer(optional.floats(4, floats)) {
            exp_narrow_backward(
              &layer, floats[0], floats[1], floats[2], optional.winners(3, floats), floats[3], $0,
              gradients, floats[4])
          }
          if let input = gradients.input { clearFilling(input, lane) }
        }
      }
      guard needsGradient(input) else { return try emit(into: nil) }
      try addGradient(of: input, in: layout(source)) { try emit(into: $0) }
    }
  }

  /// A buffer with node `number`'s result pixel by pixel, and the floats from one to the next: the channels of each, and
  /// maybe zeros behind them.
  private func pixelwise(_ number: Int) throws -> (buffer: Int, step: Int) {
    let (source, lying) = try channelwise(number)
    return lying.blocks == 1
      ? (source, Int(lying.width)) : (try plain(number), shape(of: number).channels)
  }
}
