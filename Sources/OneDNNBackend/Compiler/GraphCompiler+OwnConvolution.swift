internal import CKernels
internal import COneDNN
import Tensors

/// What a convolution by routines of our own works with, in whatever algorithm. An activation behind it, and a pooling behind
/// that, are computed on the way.
struct ConvolutionParts: Sendable {
  let convolution: OwnConvolution
  /// The slope below zero of the ReLU; 1 if there is none.
  let slope: Float
  /// The buffer of the result, pooled if it is.
  let destination: Int
  /// The winners of the pooling; nil if there is none by maximum.
  let winners: Place?
  /// The numbers of the parameters.
  let kernel: Int
  let bias: Int?
}

extension GraphCompiler {
  /// Makes room for the result of convolution `number`, and sets its value.
  func parts(
    of number: Int, _ window: Window, by instructions: exp_instructions = exp_vector_instructions()
  ) throws -> ConvolutionParts {
    let input = graph.nodes[number].inputs[0]
    let convolution = OwnConvolution(
      images: laneSize, source: shape(of: input), result: shape(of: number),
      window: window, paddingBefore: window.paddingBefore(graph.nodes[input].shape.size),
      instructions: instructions)
    let slope = fusedSlope(after: number) ?? 1
    let pooling = fusedPooling(after: number)
    if let pooling { pooled.insert(pooling.number) }
    let given = shape(of: pooling?.number ?? number)
    let destination = buffer(try convolution.layout(given))
    setValue(of: number, to: destination, as: given)
    let winners =
      pooling?.kind == .max
      ? Place.buffer(buffer(try convolution.winnersLayout(of: layout(destination)))) : nil
    let (kernel, bias) = try addKernelAndBias(of: number)
    return ConvolutionParts(
      convolution: convolution, slope: slope, destination: destination, winners: winners,
      kernel: kernel, bias: bias)
  }

  /// The place of the bias, as it is saved; nil if there is none.
  func biasPlace(_ parts: ConvolutionParts) -> Place? {
    parts.bias.map { place(of: $0, in: parameters[$0].canonical) }
  }

  /// The places of the gradients of kernel and bias, as far as they are learned.
  func gradientPlaces(_ parts: ConvolutionParts) -> [Place?] {
    [parts.kernel, parts.bias].map { index in
      index.flatMap { parameters[$0].gradient == nil ? nil : .gradient($0) }
    }
  }

  /// What makes the gradients of images that only fill up a lane zero, in tensors of `layout`: they have no part in the batch.
  func clearFilling(
    of layout: Layout
  ) -> @Sendable (_ gradients: UnsafeMutablePointer<Float>, _ lane: Lane) -> Void {
    let (laneSize, size) = (laneSize, layout.floatCount / laneSize)
    return { gradients, lane in
      let count = lane.samples.count
      (gradients + count * size).update(repeating: 0, count: (laneSize - count) * size)
    }
  }

  /// The name in a profile of a call that computes what gradients have places in `learned`, those of kernel and bias, and
  /// that of the input if it `givesBack`.
  func work(toLearn learned: [Place?], givesBack: Bool) -> Profile.Piece.Work {
    switch (givesBack, learned[0]) {
    case (false, nil): .biasGradient
    case (false, _): .weightsGradient
    case (true, nil): .inputGradient
    case (true, _): .bothGradients
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
}

/// Places of a routine of which some may be missing.
struct OptionalPlaces: Sendable {
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
