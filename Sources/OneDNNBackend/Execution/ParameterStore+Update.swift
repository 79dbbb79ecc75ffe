import Tensors

/// An update, by all workers together: each takes slices of the parameters.
extension ParameterStore {
  /// Puts the batch's gradient into slice number `slice` of slot 0, with what the regularizers add; notes its share of
  /// the penalty and of the gradients' norm.
  func sumGradients(
    slice number: Int, slotCount: Int, imageCount: Int, on stream: Stream
  ) throws {
    let slice = slices[number]
    if let rows = rows[slice.parameter] {
      let start = slice.range.lowerBound - offsets[slice.parameter]
      let first = start / rows.outputCount
      try rows.writeGradient(
        rows: first..<first + slice.range.count / rows.outputCount, of: imageCount,
        to: gradients[0].floats + slice.range.lowerBound)
    } else {
      addLanes(slice, slotCount: slotCount)
    }
    if let conversion = converted[slice.parameter] { try conversion.reorder.run(on: stream) }
    let gradient = gradient(of: slice)
    if let regularizer = parameters[slice.parameter].parameter.regularizer {
      penalties[number] = regularizer.penalize(
        learned.floats + slice.range.lowerBound, gradient: gradient, count: slice.count)
    }
    if rule?.clipping.globalNorm != nil {
      squares[number] = (0..<slice.count).reduce(0) { sum, index in
        sum + Double(gradient[index]) * Double(gradient[index])
      }
    }
  }

  /// Floating-point operations of the product, if slice number `slice` is computed by one from `imageCount` images.
  func operations(slice number: Int, imageCount: Int) -> Double {
    let slice = slices[number]
    return rows[slice.parameter] == nil ? 0 : 2 * Double(slice.range.count) * Double(imageCount)
  }

  /// Adds up the lanes' gradients in a fixed tree. The sum is in slot 0; the other slots are used up.
  private func addLanes(_ slice: Slice, slotCount: Int) {
    var distance = 1
    while distance < slotCount {
      for slot in stride(from: 0, to: slotCount - distance, by: 2 * distance) {
        gradients[slot].add(gradients[slot + distance], slice.range)
      }
      distance *= 2
    }
  }

  /// The factor for the summed gradients that brings their norm over all parameters to at most the rule's limit.
  var clippingScale: Float {
    guard let limit = rule?.clipping.globalNorm else { return 1 }
    let norm = squares.reduce(0, +).squareRoot()
    return Float(Double(limit) / max(norm, Double(limit)))
  }

  /// Multiplies slice number `slice` of the summed gradients with `scale`, clips its values, updates the parameters with
  /// it, and brings them back to their constraints.
  func update(slice number: Int, _ step: UpdateStep, scale: Float) {
    guard let rule else { preconditionFailure("an update without a rule") }
    let slice = slices[number]
    let gradient = gradient(of: slice)
    if scale != 1 {
      for index in 0..<slice.count { gradient[index] *= scale }
    }
    if let limit = rule.clipping.value {
      for index in 0..<slice.count { gradient[index] = min(max(gradient[index], -limit), limit) }
    }
    let parameter = parameters[slice.parameter].parameter
    let values = learned.floats + slice.range.lowerBound
    rule.update(
      ParameterSlice(
        of: parameter, values: values, gradients: gradient,
        slots: slots.map { $0.floats + slice.range.lowerBound }, count: slice.count), step)
    parameter.constraint?.apply(to: values, count: slice.count, shape: parameter.shape)
  }

  /// The summed gradient of `slice` in memory.
  private func gradient(of slice: Slice) -> UnsafeMutablePointer<Float> {
    converted[slice.parameter]?.memory.floats ?? gradients[0].floats + slice.range.lowerBound
  }

  /// The penalty that the regularizers add to the mean loss, with the parameters as they are now.
  func penalty() -> Double {
    slices.reduce(0) { sum, slice in
      guard let regularizer = parameters[slice.parameter].parameter.regularizer else { return sum }
      return sum
        + regularizer.penalize(
          learned.floats + slice.range.lowerBound, gradient: nil, count: slice.count)
    }
  }
}

extension Regularizer {
  /// The penalty for `count` values; its derivative is added to `gradient`.
  fileprivate func penalize(
    _ values: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>?, count: Int
  ) -> Double {
    var penalty = 0.0
    for index in 0..<count {
      let value = values[index]
      penalty += Double(l1 * abs(value) + l2 * value * value)
      let sign: Float = value > 0 ? 1 : value < 0 ? -1 : 0
      gradient?[index] += l1 * sign + 2 * l2 * value
    }
    return penalty
  }
}
