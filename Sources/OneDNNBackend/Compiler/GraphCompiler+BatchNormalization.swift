internal import CKernels
internal import COneDNN
import Tensors

extension GraphCompiler {
  /// In training the lanes meet twice: for mean and variance over the whole batch, and for the sums that their
  /// gradients consist of. Each lane then puts together for itself what all have gathered, always in the same order.
  func emitBatchNormalization(
    _ number: Int, _ settings: NormalizationSettings, momentum: Float
  ) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    let (source, lying) = try channelwise(input)
    let channels = node.shape.channels
    let length = Int(lying.blocks * lying.width)
    let parameters = try addPlainParameters(of: number)
    // gamma and beta stand first, where there are any; the moving statistics last.
    let gamma = settings.scale ? parameters[0] : nil
    let beta = settings.center ? parameters[settings.scale ? 1 : 0] : nil
    let statistics = parameters.suffix(2).map(\.place)
    // A layer that does not learn takes the moving statistics even in training, as Keras's does.
    let isFrozen = node.parameters.allSatisfy { !$0.isTrainable }
    let usesBatch = isTraining && !isFrozen

    let gathered = try gatheringVector(2 * length)
    let applied = buffer(try Layout([4 * length], EXP_ORDER_VECTOR))
    let destination = buffer(layout(source))
    setValue(
      of: number, to: destination, as: node.shape.isFlat ? node.shape : value(of: input).shape)
    if usesBatch {
      forward.append(
        [.buffer(source), .buffer(gathered)], isForTrainingOnly: true
      ) { floats, lane in
        exp_channel_statistics(
          floats[0], lying.with(images: lane.samples.count), floats[1], floats[1] + length)
      }
      forward.meet()
    }
    let rectifier = fusedActivation(after: number)
    let least: Float = rectifier == nil ? -.infinity : 0
    let masksGradient = usesBatch && rectifier != nil
    if masksGradient, let rectifier { masked.insert(rectifier) }
    let optional = [gamma?.place, beta?.place]
    forward.append(
      [.buffer(source), .buffer(destination), .buffer(applied)] + statistics
        + optional.compactMap { $0 }
    ) { floats, lane in
      let moving = MovingStatistics(mean: floats[3], variance: floats[4], channels: channels)
      let batch = usesBatch && lane.propagation.isTraining
      let moments =
        batch
        ? Moments(of: lane.everywhere(gathered), perImage: lying.pixels, length: length)
        : moving.moments(length: length)
      if batch, lane.number == 0 { moving.follow(moments, lane.propagation.statistics, momentum) }
      let gamma = settings.scale ? floats[5] : nil
      let beta = settings.center ? floats[settings.scale ? 6 : 5] : nil
      let applied = AppliedNormalization(floats[2], length: length)
      applied.set(moments, settings.epsilon, gamma: gamma, beta: beta, channels: channels)
      exp_channel_normalize(
        floats[0], floats[1], lying, applied.mean, applied.factor, applied.shift, least)
    }

    return { [self] in
      let gradient = gradient(of: number)
      let sums = try gatheringVector(2 * length)
      if usesBatch {
        let places = [gamma, beta].compactMap { $0.map { Place.gradient($0.index) } }
        let rectified = masksGradient ? [Place.buffer(destination)] : []
        backward.append(
          [.buffer(source), .buffer(gradient), .buffer(applied), .buffer(sums)] + places + rectified
        ) { floats, lane in
          let applied = AppliedNormalization(floats[2], length: length)
          let (sum, product) = (floats[3], floats[3] + length)
          exp_channel_gradient_sums(
            floats[0], masksGradient ? floats[4 + places.count] : nil, floats[1],
            lying.with(images: lane.samples.count), applied.mean, applied.inverse, sum, product)
          if settings.scale { floats[4].update(from: product, count: channels) }
          if settings.center {
            floats[settings.scale ? 5 : 4].update(from: sum, count: channels)
          }
        }
      }
      guard needsGradient(input) else { return }
      if usesBatch { backward.meet() }
      backward.append(
        [.buffer(source), .buffer(gradient), .buffer(applied)]
      ) { floats, lane in
        let applied = AppliedNormalization(floats[2], length: length)
        let means =
          usesBatch
          ? meanGradients(
            lane.everywhere(sums), count: Float(lane.batchCount) * Float(lying.pixels),
            length: length)
          : [Float](repeating: 0, count: 2 * length)
        means.withUnsafeBufferPointer { means in
          guard let first = means.baseAddress else { return }
          exp_channel_gradient(
            floats[0], floats[1], lying, applied.mean, applied.inverse,
            applied.factor, first, first + length)
        }
        // Images that only fill up the lane have no part in the batch.
        let size = length * Int(lying.pixels)
        let filled = lane.samples.count * size
        (floats[1] + filled).update(repeating: 0, count: Int(lying.images) * size - filled)
      }
      try giveOperandGradient(of: input, in: gradient)
    }
  }

  /// A buffer for what all lanes read when they have met.
  private func gatheringVector(_ length: Int) throws -> Int {
    buffer(try Layout([length], EXP_ORDER_VECTOR), isExclusive: true)
  }
}

extension exp_activations {
  /// The same for the first `count` images.
  fileprivate func with(images count: Int) -> exp_activations {
    var shape = self
    shape.images = Int64(count)
    return shape
  }
}
