internal import CKernels
internal import COneDNN
import Tensors

extension GraphCompiler {
  /// A convolution by Winograd's algorithm, in routines of our own: the library has it for AVX-512 alone, and only in its
  /// older versions.
  func emitWinograd(_ number: Int, _ window: Window) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    let parts = try parts(of: number, window)
    let convolution = parts.convolution
    let rectifier = fusedSlope(after: number) == nil ? nil : fusedActivation(after: number)
    if let rectifier { activated.insert(rectifier) }
    let last = fusedPooling(after: number)?.number ?? rectifier ?? number
    ownResults.insert(last)
    let source = try reordered(
      value(of: input).buffer, to: convolution.layout(shape(of: input)), for: node.layer)
    let before = normalizedBehind[input]
    let room = buffer(try Layout([convolution.forwardRoom], EXP_ORDER_VECTOR))
    let optional = OptionalPlaces([biasPlace(parts), parts.winners, before?.place], after: 4)
    forward.append(
      [
        .buffer(source), try place(of: parts.kernel, for: convolution, isTransposed: false),
        .buffer(parts.destination), .buffer(room),
      ] + optional.places, by: convolution.name("winograd")
    ) { floats, _ in
      withUnsafePointer(to: convolution.shape) { shape in
        before.withPointer(optional.floats(2, floats)) {
          exp_winograd_forward(
            shape, floats[0], $0, floats[1], optional.floats(0, floats), parts.slope, floats[2],
            optional.winners(1, floats), floats[3])
        }
      }
    }

    return { [self] in
      let gradient = gradient(of: number)
      let learned = gradientPlaces(parts)
      let behind = normalizedBefore[last]
      // Where the slope is zero, nothing is given back to the winners.
      let isGivenThroughSlope =
        rectifier != nil && (parts.winners == nil || parts.slope != 0)
      let result =
        behind != nil || isGivenThroughSlope ? Place.buffer(parts.destination) : nil
      /// Adds the call that computes all gradients at once, that of the input into buffer `target`, or added to what is
      /// there.
      func emit(into target: Int?, adds: Bool = false) throws {
        let room = buffer(try Layout([convolution.backwardRoom], EXP_ORDER_VECTOR))
        let transposed = try target.map { _ in
          try place(of: parts.kernel, for: convolution, isTransposed: true)
        }
        let optional = OptionalPlaces(
          [target.map { .buffer($0) }] + learned
            + [parts.winners, transposed, before?.place, result, behind?.place], after: 3)
        let clearFilling = clearFilling(of: layout(source))
        let work = work(toLearn: learned, givesBack: target != nil)
        backward.append(
          [.buffer(source), .buffer(gradient), .buffer(room)] + optional.places,
          by: work == .biasGradient ? nil : convolution.name("winograd"), as: work
        ) { floats, lane in
          let gradients = exp_convolution_gradients(
            input: optional.floats(0, floats), kernel: optional.floats(1, floats),
            bias: optional.floats(2, floats))
          var shape = convolution.shape
          shape.images = Int64(lane.samples.count)
          before.withPointer(optional.floats(5, floats)) { before in
            behind.withPointer(optional.floats(7, floats)) { behind in
              let given = exp_given_back(
                dy: floats[1], winners: optional.winners(3, floats), y: optional.floats(6, floats),
                normalization: behind, slope: parts.slope)
              exp_winograd_backward(
                &shape, floats[0], before, given, optional.floats(4, floats), gradients, adds,
                floats[2])
            }
          }
          if let input = gradients.input, !adds { clearFilling(input, lane) }
        }
      }
      guard needsGradient(input) else { return try emit(into: nil) }
      if isOn(.addedGradients), let sum = gradientToAddTo(of: input, in: layout(source)) {
        return try emit(into: sum, adds: true)
      }
      try addGradient(of: input, in: layout(source)) { try emit(into: $0) }
    }
  }

  /// The place of kernel `index` at all points of Winograd's algorithm, kept from now on.
  private func place(
    of index: Int, for convolution: OwnConvolution, isTransposed: Bool
  ) throws -> Place {
    let transformation = WinogradKernel(convolution: convolution, isTransposed: isTransposed)
    parameters[index].copies.append(
      ParameterCopy(
        layout: try Layout([transformation.floatCount], EXP_ORDER_VECTOR),
        transformation: transformation))
    return .parameter(index, copy: parameters[index].copies.count - 1)
  }
}
