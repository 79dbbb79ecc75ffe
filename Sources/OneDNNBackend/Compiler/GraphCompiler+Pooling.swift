internal import CKernels
internal import COneDNN
import Tensors

extension GraphCompiler {
  /// Routines of our own: the library's keeps in memory which value of each window was the largest, and with AVX2 takes
  /// more than ten times as long for that as it takes to look again. Its averages are slow where channels are few.
  func emitPooling(
    _ number: Int, _ pooling: Operation.Pooling, _ window: Window
  ) throws -> BackwardEmitter {
    let input = graph.nodes[number].inputs[0]
    if pooled.contains(number) {
      setValue(of: number, to: value(of: input).buffer, as: shape(of: number))
      return { [self] in giveGradient(of: input, in: gradient(of: number)) }
    }
    let (source, lying) = try channelwise(input)
    let windows = windows(window, of: number, over: lying)
    let shape = shape(of: number)
    let destination = buffer(try .like(layout(source), shape, count: laneSize))
    setValue(of: number, to: destination, as: shape)
    forward.append([.buffer(source), .buffer(destination)]) { floats, _ in
      switch pooling {
      case .max: exp_max_pooling(floats[0], floats[1], windows)
      case .average: exp_average_pooling(floats[0], floats[1], windows)
      }
    }

    let masks = pooling == .max && takesOverMask(at: number)
    return { [self] in
      guard needsGradient(input) else { return }
      let gradient = gradient(of: number)
      try addGradient(of: input, in: layout(source)) { target in
        switch pooling {
        case .max:
          let places = [source, destination, gradient, target]
          backward.append(places.map { .buffer($0) }) { floats, _ in
            exp_max_pooling_gradient(
              floats[0], floats[1], floats[2], masks, floats[3], windows)
          }
        case .average:
          backward.append([.buffer(gradient), .buffer(target)]) { floats, _ in
            exp_average_pooling_gradient(floats[0], floats[1], windows)
          }
        }
      }
    }
  }

  private func windows(
    _ window: Window, of number: Int, over lying: exp_activations
  ) -> exp_windows {
    let (source, result) = (shape(of: graph.nodes[number].inputs[0]), shape(of: number))
    let slid = libraryWindow(window, of: number)
    return exp_windows(
      source: lying, rows: (Int64(source.height), Int64(result.height)),
      columns: (Int64(source.width), Int64(result.width)), size: slid.size, strides: slid.strides,
      before: slid.padding_before)
  }

  /// True if the maximum pooling `number` takes care of the gradient of the ReLU before it, which nothing else takes:
  /// what it takes of the ReLU's results is the ReLU of what it would take of its inputs, and that is less to look at.
  private func takesOverMask(at number: Int) -> Bool {
    let input = graph.nodes[number].inputs[0]
    guard isOn(.pooledMasks), onlyConsumer(of: input) == number, !masked.contains(input),
      !activated.contains(input),
      case .activation(.relu) = graph.nodes[input].operation
    else { return false }
    masked.insert(input)
    return true
  }
}
