internal import CKernels
internal import COneDNN
import Tensors

extension GraphCompiler {
  /// True if the convolution `number` is computed by Winograd's algorithm. The rule asks for nothing but shapes, so that
  /// every CPU computes a network alike.
  func isWinograd(_ number: Int) -> Bool {
    guard isOn(.winograd), graph.precision == .float32,
      case .convolution2D(_, let window, groups: 1, _) = graph.nodes[number].operation,
      window.size == [3, 3], window.strides == [1, 1], window.dilation == [1, 1]
    else { return false }
    let (source, result) = (shape(of: graph.nodes[number].inputs[0]), shape(of: number))
    // The vectors of few channels would be half empty, and a large kernel, which is four times as large at all points, is
    // fetched from memory again and again.
    guard min(source.channels, result.channels) >= 8, source.channels * result.channels <= 1 << 16
    else { return false }
    // A weight that sees nothing but zeros around the image must get a gradient of exactly zero, not one that is rounded.
    let before = window.paddingBefore(graph.nodes[graph.nodes[number].inputs[0]].shape.size)
    return all(source.size .> 2) && all(result.size .> 1) && all(before .<= 2)
      && all(result.size .> before)
  }

  /// Routines of our own: the library has none of the kind in its newer versions, and before only for AVX-512.
  func emitWinograd(_ number: Int, _ window: Window) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    let convolution = WinogradConvolution(
      images: laneSize, source: shape(of: input), result: shape(of: number),
      paddingBefore: window.paddingBefore(graph.nodes[input].shape.size))
    let source = try reordered(
      value(of: input).buffer, to: convolution.layout(shape(of: input)), for: node.layer)
    let destination = buffer(try convolution.layout(shape(of: number)))
    setValue(of: number, to: destination, as: shape(of: number))

    let canonical = try Layout(node.parameters[0].shape.libraryKernel, EXP_ORDER_KERNEL)
    let weights = addParameter(node.parameters[0], of: number, canonical: canonical)
    let vector = try Layout([shape(of: number).channels], EXP_ORDER_VECTOR)
    let bias = node.parameters.dropFirst().first.map {
      addParameter($0, of: number, canonical: vector)
    }
    for (index, layout) in [(weights, canonical)] + [bias].compactMap(\.self).map({ ($0, vector) })
    {
      if isTraining && parameters[index].parameter.isLearned {
        setParameterGradient(of: index, layout)
      } else {
        _ = place(of: index, in: layout)
      }
    }

    let slope = rectifiedSlope(after: number)
    let optional = bias.map { [place(of: $0, in: vector)] } ?? []
    let room = buffer(try Layout([convolution.forwardRoom], EXP_ORDER_VECTOR))
    forward.append(
      [
        .buffer(source), try place(of: weights, for: convolution, isTransposed: false),
        .buffer(destination), .buffer(room),
      ] + optional, by: convolution.name
    ) { floats, _ in
      withUnsafePointer(to: convolution.shape) {
        exp_winograd_forward(
          $0, floats[0], floats[1], optional.isEmpty ? nil : floats[4], slope, floats[2], floats[3])
      }
    }

    return { [self] in
      let gradient = gradient(of: number)
      let room = buffer(try Layout([convolution.backwardRoom], EXP_ORDER_VECTOR))
      let learned = [weights, bias].map { index in
        index.flatMap { parameters[$0].gradient == nil ? nil : Place.gradient($0) }
      }
      /// Adds the call that computes all gradients at once, that of the input into buffer `target`.
      func emit(into target: Int?) throws {
        let wanted = [target.map { Place.buffer($0) }] + learned
        let transposed = try target.map { _ in
          try place(of: weights, for: convolution, isTransposed: true)
        }
        let places =
          [.buffer(source), .buffer(gradient), .buffer(room)] + wanted.compactMap(\.self)
        let isWanted = wanted.map { $0 != nil }
        backward.append(
          places + [transposed].compactMap(\.self), by: convolution.name,
          as: target == nil ? .weightsGradient : learned[0] == nil ? .inputGradient : .bothGradients
        ) { floats, _ in
          var next = 3
          func take(if isThere: Bool) -> UnsafeMutablePointer<Float>? {
            guard isThere else { return nil }
            defer { next += 1 }
            return floats[next]
          }
          let gradients = exp_winograd_gradients(
            input: take(if: isWanted[0]), kernel: take(if: isWanted[1]), bias: take(if: isWanted[2])
          )
          withUnsafePointer(to: convolution.shape) {
            exp_winograd_backward(
              $0, floats[0], floats[1], take(if: isWanted[0]), gradients, floats[2])
          }
        }
      }
      guard needsGradient(input) else { return try emit(into: nil) }
      try addGradient(of: input, in: layout(source)) { try emit(into: $0) }
    }
  }

  /// The place of kernel `index` at all points of Winograd's algorithm, kept from now on.
  private func place(
    of index: Int, for convolution: WinogradConvolution, isTransposed: Bool
  ) throws -> Place {
    let transformation = WinogradKernel(convolution: convolution, isTransposed: isTransposed)
    parameters[index].copies.append(
      ParameterCopy(
        layout: try Layout([transformation.floatCount], EXP_ORDER_VECTOR),
        transformation: transformation))
    return .parameter(index, copy: parameters[index].copies.count - 1)
  }

  /// The slope below zero of the ReLU that node `number` computes on the way; 1 if there is none.
  private func rectifiedSlope(after number: Int) -> Float {
    let function = fusedFunction(after: number)
    return function.kind == EXP_RELU ? function.alpha : 1
  }
}

extension [Int] {
  /// A kernel's lengths in the library's order: outputs, inputs, height, width.
  fileprivate var libraryKernel: [Int] { [self[3], self[2], self[0], self[1]] }
}
