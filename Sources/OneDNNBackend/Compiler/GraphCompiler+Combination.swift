import Tensors

extension GraphCompiler {
  /// Several inputs of one shape made one, value by value. It lies as the first of them does.
  func emitCombination(
    _ number: Int, _ combination: Operation.Combination
  ) throws -> BackwardEmitter {
    if isFusedSum(number) { return try emitFusedSum(number) }
    let node = graph.nodes[number]
    let first = try operand(node.inputs[0])
    let operands = try node.inputs.map {
      try reordered(operand($0), to: layout(first), for: node.layer)
    }
    let result = buffer(layout(first))
    let shape = node.shape.isFlat ? node.shape : value(of: node.inputs[0]).shape
    setValue(of: number, to: result, as: shape)
    let count = layout(result).floatCount
    let share = 1 / Float(operands.count)
    forward.append(([result] + operands).map { .buffer($0) }) { floats, _ in
      let result = floats[0]
      Elementwise.copy(floats[1], to: result, count: count)
      for other in floats.dropFirst(2) {
        switch combination {
        case .add, .average: Elementwise.add(other, to: result, count: count)
        case .multiply: Elementwise.multiply(result, by: other, count: count)
        case .maximum: Elementwise.raise(result, to: other, count: count)
        }
      }
      if combination == .average { Elementwise.multiply(result, by: share, count: count) }
    }

    return { [self] in
      let isAverage = combination == .average
      let gradient = isAverage ? changeableGradient(of: number) : gradient(of: number)
      if isAverage {
        backward.append([.buffer(gradient)]) { floats, _ in
          Elementwise.multiply(floats[0], by: share, count: count)
        }
      }
      for (position, input) in node.inputs.enumerated() where needsGradient(input) {
        if isAverage || combination == .add {
          try giveOperandGradient(of: input, in: gradient)
          continue
        }
        try addOperandGradient(of: input, in: layout(result)) { target in
          let places = [target, gradient, result] + operands
          backward.append(places.map { .buffer($0) }) { floats, _ in
            combination.writeGradient(
              to: floats[0], from: floats[1], values: floats.dropFirst(2), of: position,
              count: count)
          }
        }
      }
    }
  }
}

extension Operation.Combination {
  /// The gradient of input `position`, from that of the result; `values` are the result and what went in.
  fileprivate func writeGradient(
    to target: UnsafeMutablePointer<Float>, from gradient: UnsafePointer<Float>,
    values: Slice<Routine.Floats>, of position: Int, count: Int
  ) {
    Elementwise.copy(gradient, to: target, count: count)
    let inputs = values.dropFirst()
    switch self {
    case .add, .average: break
    case .multiply:
      for (other, input) in inputs.enumerated() where other != position {
        Elementwise.multiply(target, by: input, count: count)
      }
    case .maximum:
      // The first of equal values gets it.
      guard let result = values.first else { return }
      for index in 0..<count {
        let winner = inputs.firstIndex { $0[index] == result[index] }
        if winner != inputs.startIndex + position { target[index] = 0 }
      }
    }
  }
}
