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
    // Whole vectors of any width, for whoever computes it on the way.
    let length = (Int(lying.blocks * lying.width) + 15) / 16 * 16
    let parameters = try addPlainParameters(of: number)
    // gamma and beta stand first, where there are any; the moving statistics last.
    let gamma = settings.scale ? parameters[0] : nil
    let beta = settings.center ? parameters[settings.scale ? 1 : 0] : nil
    let statistics = parameters.suffix(2).map(\.place)
    // A layer that does not learn takes the moving statistics even in training, as Keras's does.
    let isFrozen = node.parameters.allSatisfy { !$0.isTrainable }
    let usesBatch = isTraining && !isFrozen

    let gathered = try gatheringVector(2 * length)
    let factors = buffer(try Layout([6 * length], EXP_ORDER_VECTOR))
    if usesBatch {
      forward.append(
        [.buffer(source), .buffer(gathered)], isForTrainingOnly: true
      ) { floats, lane in
        exp_channel_statistics(
          floats[0], lying.with(images: lane.samples.count), floats[1], floats[1] + length)
      }
      forward.meet()
    }
    let optional = OptionalPlaces([gamma?.place, beta?.place], after: 3)
    forward.append([.buffer(factors)] + statistics + optional.places) { floats, lane in
      let moving = MovingStatistics(mean: floats[1], variance: floats[2], channels: channels)
      let batch = usesBatch && lane.propagation.isTraining
      let moments =
        batch
        ? Moments(
          of: lane.everywhere(gathered), perImage: lying.pixels, channels: channels, length: length)
        : moving.moments
      if batch, lane.number == 0 { moving.follow(moments, lane.propagation.statistics, momentum) }
      NormalizationFactors(floats[0], length: length).set(
        moments, settings.epsilon, gamma: optional.floats(0, floats),
        beta: optional.floats(1, floats), channels: channels)
    }
    let rectifier = fusedActivation(after: number)
    if let rectifier { masked.insert(rectifier) }
    let fused = FusedNormalization(
      factors: factors, length: length, least: rectifier == nil ? -.infinity : 0,
      sums: usesBatch ? try gatheringVector(2 * length) : nil)
    let shape = node.shape.isFlat ? node.shape : value(of: input).shape
    if isComputedBehind(number) {
      setValue(of: number, to: source, as: shape)
      normalizedBehind[rectifier ?? number] = fused
    } else {
      let destination = buffer(layout(source))
      setValue(of: number, to: destination, as: shape)
      forward.append([.buffer(source), .buffer(destination), .buffer(factors)]) { floats, _ in
        withUnsafePointer(to: fused.normalization(floats[2])) {
          exp_channel_normalize(floats[0], floats[1], lying, $0)
        }
      }
    }

    return { [self] in
      let gradient = gradient(of: number)
      if let sums = fused.sums {
        if !isSummedBehind(number) {
          backward.append(
            [.buffer(source), .buffer(gradient), .buffer(factors), .buffer(sums)]
          ) { floats, lane in
            withUnsafePointer(to: fused.normalization(floats[2])) {
              exp_channel_gradient_sums(
                floats[0], floats[1], lying.with(images: lane.samples.count), $0,
                NormalizationFactors(floats[2], length: length).inverse, floats[3],
                floats[3] + length)
            }
          }
        }
        let learned = OptionalPlaces(
          [gamma, beta].map { $0.map { .gradient($0.index) } }, after: 1)
        if !learned.places.isEmpty {
          backward.append([.buffer(sums)] + learned.places) { floats, _ in
            learned.floats(0, floats)?.update(from: floats[0] + length, count: channels)
            learned.floats(1, floats)?.update(from: floats[0], count: channels)
          }
        }
        guard needsGradient(input) else { return }
        backward.meet()
        backward.append([.buffer(factors)]) { floats, lane in
          NormalizationFactors(floats[0], length: length).setGradients(
            lane.everywhere(sums), count: Float(lane.batchCount) * Float(lying.pixels),
            channels: channels)
        }
      }
      guard needsGradient(input) else { return }
      if isComputedBefore(number) {
        normalizedBefore[input] = fused
        return giveGradient(of: input, in: gradient)
      }
      let target = buffer(layout(gradient))
      backward.append(
        [.buffer(source), .buffer(gradient), .buffer(target), .buffer(factors)]
      ) { floats, lane in
        let count = lane.samples.count
        withUnsafePointer(to: fused.normalization(floats[3])) {
          exp_channel_gradient(floats[0], floats[1], floats[2], lying.with(images: count), $0)
        }
        // Images that only fill up the lane have no part in the batch.
        lying.clear(floats[2], from: count)
      }
      try giveOperandGradient(of: input, in: target)
    }
  }

  /// True if the only one that takes the result of normalization `number`, or of the ReLU behind it, computes both as it
  /// reads.
  private func isComputedBehind(_ number: Int) -> Bool {
    if isSummedBehind(number) { return true }
    guard isOn(.normalizedConvolutions) else { return false }
    return onlyConsumer(of: fusedActivation(after: number) ?? number).map(isWinograd) ?? false
  }

  /// True if that is a sum, which also computes the sums that the gradient is made of.
  private func isSummedBehind(_ number: Int) -> Bool {
    onlyConsumer(of: fusedActivation(after: number) ?? number).map(isFusedSum) ?? false
  }

  /// True if what computes the input of normalization `number`, which nobody else takes, also computes the gradient.
  private func isComputedBefore(_ number: Int) -> Bool {
    let input = graph.nodes[number].inputs[0]
    return isOn(.normalizedConvolutions) && onlyConsumer(of: input) == number
      && ownResults.contains(input)
  }

  /// A buffer for what all lanes read when they have met.
  private func gatheringVector(_ length: Int) throws -> Int {
    buffer(try Layout([length], EXP_ORDER_VECTOR), isExclusive: true)
  }
}

extension exp_activations {
  /// The same for the first `count` images.
  func with(images count: Int) -> exp_activations {
    var shape = self
    shape.images = Int64(count)
    return shape
  }

  /// Makes the images of `floats` from number `first` on zero.
  func clear(_ floats: UnsafeMutablePointer<Float>, from first: Int) {
    let size = Int(blocks * pixels * width)
    (floats + first * size).update(repeating: 0, count: (Int(images) - first) * size)
  }
}
