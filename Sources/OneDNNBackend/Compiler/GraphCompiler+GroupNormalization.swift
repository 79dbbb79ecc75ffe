internal import CKernels
internal import COneDNN
import Tensors

extension GraphCompiler {
  /// Normalizes each image over each group of channels; without `groups` each pixel over all its channels.
  func emitGroupNormalization(
    _ number: Int, _ settings: NormalizationSettings, groups: Int?
  ) throws -> BackwardEmitter {
    let node = graph.nodes[number]
    let input = node.inputs[0]
    let area = node.shape.height * node.shape.width
    let images = Int64(groups == nil ? laneSize * area : laneSize)
    let pixels = Int64(groups == nil ? 1 : area)
    let channels = Int64(node.shape.channels)
    let groups = Int64(groups ?? 1)
    let source = try plain(input)
    let destination = buffer(layout(source))
    setValue(of: number, to: destination, as: value(of: input).shape)
    let parameters = try addPlainParameters(of: number)
    let gamma = settings.scale ? parameters[0] : nil
    let beta = settings.center ? parameters[settings.scale ? 1 : 0] : nil
    let count = Int(images * groups)
    let moments = buffer(try Layout([2 * count], EXP_ORDER_VECTOR))
    forward.append(
      [.buffer(source), .buffer(destination), .buffer(moments)]
        + [gamma?.place, beta?.place].compactMap { $0 }
    ) { floats, _ in
      exp_group_normalize(
        floats[0], floats[1], images, pixels, channels, groups, settings.epsilon,
        settings.scale ? floats[3] : nil,
        settings.center ? floats[settings.scale ? 4 : 3] : nil, floats[2], floats[2] + count)
    }

    return { [self] in
      let gradient = gradient(of: number)
      let isLearned = node.parameters.first?.isLearned ?? false
      let learned =
        isLearned ? [gamma, beta].compactMap { $0.map { Place.gradient($0.index) } } : []
      try addPlainGradient(of: input) { target in
        backward.append(
          [.buffer(source), .buffer(gradient), .buffer(target), .buffer(moments)]
            + [gamma?.place].compactMap { $0 } + learned,
          as: learned.isEmpty ? nil : .bothGradients
        ) { floats, _ in
          let first = settings.scale ? 5 : 4
          exp_group_gradient(
            floats[0], floats[1], floats[2], images, pixels, channels, groups,
            settings.scale ? floats[4] : nil, floats[3], floats[3] + count,
            isLearned && settings.scale ? floats[first] : nil,
            isLearned && settings.center ? floats[settings.scale ? first + 1 : first] : nil)
        }
      }
    }
  }
}
