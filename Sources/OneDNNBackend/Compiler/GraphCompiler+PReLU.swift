internal import COneDNN
import Tensors

extension GraphCompiler {
  func emitPReLU(
    _ number: Int, _ isShared: Operation.SharedAxes
  ) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    let source = try plain(input)
    let result = buffer(try .plain(node.shape, count: laneSize))
    setValue(of: number, to: result, as: node.shape)
    let alpha = try addPlainParameters(of: number)[0]
    let slopes = SlopePlaces(node.shape, isShared)
    let laneSize = laneSize
    forward.append(
      [.buffer(result), .buffer(source), alpha.place]
    ) { floats, _ in
      slopes.forEach(laneSize) { index, slope in
        let value = floats[1][index]
        floats[0][index] = value > 0 ? value : floats[2][slope] * value
      }
    }

    return { [self] in
      let gradient = gradient(of: number)
      if graph.nodes[number].parameters[0].isLearned {
        let count = node.parameters[0].count
        backward.append(
          [.gradient(alpha.index), .buffer(source), .buffer(gradient)]
        ) { floats, _ in
          floats[0].update(repeating: 0, count: count)
          slopes.forEach(laneSize) { index, slope in
            let value = floats[1][index]
            if value <= 0 { floats[0][slope] += floats[2][index] * value }
          }
        }
      }
      guard needsGradient(input) else { return }
      try addPlainGradient(of: input) { target in
        backward.append(
          [.buffer(target), .buffer(source), .buffer(gradient), alpha.place]
        ) { floats, _ in
          slopes.forEach(laneSize) { index, slope in
            let factor = floats[1][index] > 0 ? 1 : floats[3][slope]
            floats[0][index] = floats[2][index] * factor
          }
        }
      }
    }
  }
}

/// The slope that belongs to each value of an image.
private struct SlopePlaces {
  let shape: ImageShape
  let rowStep: Int
  let columnStep: Int

  init(_ shape: ImageShape, _ isShared: Operation.SharedAxes) {
    self.shape = shape
    columnStep = isShared.columns ? 0 : shape.channels
    rowStep = isShared.rows ? 0 : (isShared.columns ? 1 : shape.width) * shape.channels
  }

  /// Calls `body` with the place of each value of `count` images, and that of its slope.
  func forEach(_ count: Int, _ body: (Int, Int) -> Void) {
    var index = 0
    for _ in 0..<count {
      for row in 0..<shape.height {
        for column in 0..<shape.width {
          for channel in 0..<shape.channels {
            body(index, row * rowStep + column * columnStep + channel)
            index += 1
          }
        }
      }
    }
  }
}
