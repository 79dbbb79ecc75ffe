internal import CKernels
internal import COneDNN
import Tensors

extension GraphCompiler {
  /// A convolution by Winograd's algorithm, in routines of our own: the library has it for AVX-512 alone, and only in its
  /// older versions. The bias, a ReLU behind it and a pooling behind that are computed on the way.
  func emitWinograd(_ number: Int, _ window: Window) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    let convolution = WinogradConvolution(
      images: laneSize, source: shape(of: input), result: shape(of: number),
      paddingBefore: window.paddingBefore(graph.nodes[input].shape.size))
    let source = try reordered(
      value(of: input).buffer, to: convolution.layout(shape(of: input)), for: node.layer)
    let slope = rectifiedSlope(after: number)
    let pooling = fusedPooling(after: number)
    if let pooling {
      pooled.insert(pooling)
      // Where the slope is zero, nothing is given back to the winners.
      if slope == 0, let rectifier = fusedActivation(after: number) { masked.insert(rectifier) }
    }
    let given = shape(of: pooling ?? number)
    let destination = buffer(try convolution.layout(given))
    setValue(of: number, to: destination, as: given)
    let winners = try pooling.map { _ in
      Place.buffer(buffer(try convolution.winnersLayout(of: layout(destination))))
    }
    let (weights, bias) = try addKernelAndBias(of: number)

    let forwardRoom = buffer(try Layout([convolution.forwardRoom], EXP_ORDER_VECTOR))
    let addends = OptionalPlaces(
      [bias.map { place(of: $0, in: parameters[$0].canonical) }, winners], after: 4)
    forward.append(
      [
        .buffer(source), try place(of: weights, for: convolution, isTransposed: false),
        .buffer(destination), .buffer(forwardRoom),
      ] + addends.places, by: convolution.name
    ) { floats, _ in
      withUnsafePointer(to: convolution.shape) {
        exp_winograd_forward(
          $0, floats[0], floats[1], addends.floats(0, floats), slope, floats[2],
          addends.winners(1, floats), floats[3])
      }
    }

    return { [self] in
      let gradient = gradient(of: number)
      let learned = [weights, bias].map { index in
        index.flatMap { parameters[$0].gradient == nil ? nil : Place.gradient($0) }
      }
      /// Adds the call that computes all gradients at once, that of the input into buffer `target`.
      func emit(into target: Int?) throws {
        let room = buffer(try Layout([convolution.backwardRoom], EXP_ORDER_VECTOR))
        let transposed = try target.map { _ in
          try place(of: weights, for: convolution, isTransposed: true)
        }
        let optional = OptionalPlaces(
          [target.map { .buffer($0) }] + learned + [winners, transposed], after: 3)
        backward.append(
          [.buffer(source), .buffer(gradient), .buffer(room)] + optional.places,
          by: convolution.name,
          as: target == nil ? .weightsGradient : learned[0] == nil ? .inputGradient : .bothGradients
        ) { floats, _ in
          let gradients = exp_winograd_gradients(
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

  /// The numbers of kernel and bias of convolution `number`, which are learned as they are saved.
  private func addKernelAndBias(of number: Int) throws -> (kernel: Int, bias: Int?) {
    let node = graph.nodes[number]
    let shape = node.parameters[0].shape  // height, width, inputs, outputs
    let added = try node.parameters.map { parameter in
      let canonical =
        parameter.shape == shape
        ? try Layout([shape[3], shape[2], shape[0], shape[1]], EXP_ORDER_KERNEL)
        : try Layout(parameter.shape, EXP_ORDER_VECTOR)
      let index = addParameter(parameter, of: number, canonical: canonical)
      if isTraining && parameter.isLearned {
        setParameterGradient(of: index, canonical)
      } else {
        _ = place(of: index, in: canonical)
      }
      return index
    }
    return (added[0], added.dropFirst().first)
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

/// Places of a routine of which some may be missing.
private struct OptionalPlaces: Sendable {
  /// Those that are there.
  let places: [Place]
  /// The position of each among the routine's places.
  private let positions: [Int?]

  /// They stand behind `count` others.
  init(_ optional: [Place?], after count: Int) {
    places = optional.compactMap(\.self)
    var next = count
    positions = optional.map { place in
      defer { next += place == nil ? 0 : 1 }
      return place.map { _ in next }
    }
  }

  /// The floats of place number `index`; nil if it is missing.
  func floats(_ index: Int, _ floats: Routine.Floats) -> UnsafeMutablePointer<Float>? {
    positions[index].map { floats[$0] }
  }

  /// The winners that lie there, four in the place of a float.
  func winners(_ index: Int, _ floats: Routine.Floats) -> UnsafeMutablePointer<exp_winner>? {
    positions[index].map {
      UnsafeMutableRawPointer(floats[$0]).assumingMemoryBound(to: exp_winner.self)
    }
  }
}
