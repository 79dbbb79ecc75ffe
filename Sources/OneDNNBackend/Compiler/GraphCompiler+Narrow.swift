internal import CKernels
internal import COneDNN
import Tensors

extension GraphCompiler {
  /// A convolution of images that have few channels and get no gradient, in routines of our own: with few numbers to a sum,
  /// the library's take longer than it does to fetch them.
  func emitNarrow(_ number: Int, _ window: Window) throws -> BackwardEmitter {
    let parts = try parts(of: number, window)
    let convolution = parts.convolution
    let source = try plain(graph.nodes[number].inputs[0])
    let room = buffer(try Layout([convolution.narrowRoom], EXP_ORDER_VECTOR))
    let optional = OptionalPlaces([biasPlace(parts), parts.winners], after: 4)
    forward.append(
      [
        .buffer(source), place(of: parts.kernel, in: parameters[parts.kernel].canonical),
        .buffer(parts.destination), .buffer(room),
      ] + optional.places, by: convolution.name("narrow")
    ) { floats, _ in
      withUnsafePointer(to: convolution.shape) {
        exp_narrow_forward(
          $0, floats[0], floats[1], optional.floats(0, floats), parts.slope, floats[2],
          optional.winners(1, floats), floats[3])
      }
    }

    return { [self] in
      let gradient = gradient(of: number)
      let room = buffer(try Layout([convolution.narrowRoom], EXP_ORDER_VECTOR))
      let optional = OptionalPlaces(gradientPlaces(parts) + [parts.winners], after: 3)
      backward.append(
        [.buffer(source), .buffer(gradient), .buffer(room)] + optional.places,
        by: convolution.name("narrow"), as: .weightsGradient
      ) { floats, _ in
        withUnsafePointer(to: convolution.shape) {
          exp_narrow_backward(
            $0, floats[0], floats[1], optional.winners(2, floats), optional.floats(0, floats),
            optional.floats(1, floats), floats[2])
        }
      }
    }
  }
}
