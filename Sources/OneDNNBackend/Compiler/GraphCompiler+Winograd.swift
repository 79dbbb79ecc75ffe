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
    let source = try reordered(
      value(of: input).buffer, to: convolution.layout(shape(of: input)), for: node.layer)
    let room = buffer(try Layout([convolution.forwardRoom], EXP_ORDER_VECTOR))
    let optional = OptionalPlaces([biasPlace(parts), parts.winners], after: 4)
    forward.append(
      [
        .buffer(source), try place(of: parts.kernel, for: convolution, isTransposed: false),
        .buffer(parts.destination), .buffer(room),
      ] + optional.places, by: convolution.name("winograd")
    ) { floats, _ in
      withUnsafePointer(to: convolution.shape) {
        exp_winograd_forward(
          $0, floats[0], floats[1], optional.floats(0, floats), parts.slope, floats[2],
          optional.winners(1, floats), floats[3])
      }
    }

    return { [self] in
      let gradient = gradient(of: number)
      let learned = gradientPlaces(parts)
      /// Adds the call that computes all gradients at once, that of the input into buffer `target`.
      func emit(into target: Int?) throws {
        let room = buffer(try Layout([convolution.backwardRoom], EXP_ORDER_VECTOR))
        let transposed = try target.map { _ in
          try place(of: parts.kernel, for: convolution, isTransposed: true)
        }
        let optional = OptionalPlaces(
          [target.map { .buffer($0) }] + learned + [parts.winners, transposed], after: 3)
        let work = work(toLearn: learned, givesBack: target != nil)
        backward.append(
          [.buffer(source), .buffer(gradient), .buffer(room)] + optional.places,
          by: work == .biasGradient ? nil : convolution.name("winograd"), as: work
        ) { floats, _ in
          let gradients = exp_convolution_gradients(
            input: optional.floats(0, floats), kernel: optional.floats(1, floats),
            bias: optional.floats(2, floats))
          withUnsafePointer(to: convolution.shape) {
            exp_winograd_backward(
              $0, floats[0], floats[1], optional.winners(3, floats), optional.floats(4, floats),
              gradients, floats[2])
          }
        }
      }
      guard needsGradient(input) else { return try emit(into: nil) }
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
