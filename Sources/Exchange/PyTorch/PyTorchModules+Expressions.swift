import Tensors

/// A Python expression.
struct PythonExpression {
  let text: String
  /// Whether an operator beside it, or a method behind it, takes all of it.
  let isPrimary: Bool

  init(_ text: String, isPrimary: Bool = true) {
    self.text = text
    self.isPrimary = isPrimary
  }

  /// The text as part of a larger expression.
  var part: String { isPrimary ? text : "(\(text))" }
}

extension WindowPadding {
  /// Whether PyTorch's own poolings by windows of `size` take it.
  func suitsPooling(_ size: SIMD2<Int>) -> Bool { isSymmetric && all(before .<= size / 2) }

  /// The argument of `F.pad`: (left, right, top, bottom).
  fileprivate var tuple: String { PythonText.tuple([before.y, after.y, before.x, after.x]) }
}

extension PyTorchModules {
  /// The result of `step` on `inputs`.
  func expression(of step: GraphStep, _ inputs: [PythonExpression]) -> PythonExpression {
    let x = inputs[0]
    let shape = graph.nodes[step.inputs[0]].shape
    switch step.meaning {
    case .selu: return PythonExpression("F.selu(\(x.text))")
    case .hardSigmoid: return PythonExpression("F.hardsigmoid(\(x.text))")
    case .globalPooling(.average): return PythonExpression("\(x.part).mean((2, 3))")
    case .globalPooling(.max): return PythonExpression("\(x.part).amax((2, 3))")
    case .operation(let operation):
      switch operation {
      case .input: preconditionFailure("an input is no step")
      case .convolution2D(_, let window, _, _):
        let padding = WindowPadding(window, of: shape)
        let padded = padding.isSymmetric ? x.text : "F.pad(\(x.text), \(padding.tuple))"
        return PythonExpression("\(module(step.first))(\(padded))")
      case .dense, .dropout, .alphaDropout, .gaussianDropout, .gaussianNoise, .prelu,
        .batchNormalization,
        .groupNormalization:
        return PythonExpression("\(module(step.first))(\(x.text))")
      case .layerNormalization:
        let module = module(step.first)
        return PythonExpression(
          shape.isFlat
            ? "\(module)(\(x.text))"
            : "\(module)(\(x.part).permute(0, 2, 3, 1)).permute(0, 3, 1, 2)")
      case .pooling2D(let pooling, let window): return pooled(x, pooling, window, shape)
      case .flatten, .reshape: return reshaped(x, step, from: shape)
      case .zeroPadding2D(let before, let after):
        let sides = PythonText.tuple([before.y, after.y, before.x, after.x])
        return PythonExpression("F.pad(\(x.text), \(sides))")
      case .cropping2D(let before, let after):
        let (rows, columns) = (slice(before.x, after.x), slice(before.y, after.y))
        return PythonExpression("\(x.part)[:, :, \(rows), \(columns)]")
      case .upSampling2D(let size):
        // Unlike 'nearest', this one asks for the middle of a pixel, which no rounding brings to another.
        let scale = PythonText.tuple([size.x, size.y])
        return PythonExpression(
          "F.interpolate(\(x.text), scale_factor=\(scale), mode=\"nearest-exact\")")
      case .rescaling(let scale, let offset):
        let product = "\(x.part) * \(PythonText.number(scale))"
        return PythonExpression(
          offset == 0 ? product : "\(product) + \(PythonText.number(offset))", isPrimary: false)
      case .activation(let function): return PythonExpression(function.call(x.text))
      case .combination(let combination): return combined(inputs, combination)
      case .concatenation:
        return PythonExpression("torch.cat(\(PythonText.tuple(inputs.map(\.text))), dim=1)")
      }
    }
  }

  private func pooled(
    _ x: PythonExpression, _ pooling: Tensors.Operation.Pooling, _ window: Window,
    _ shape: ImageShape
  ) -> PythonExpression {
    let padding = WindowPadding(window, of: shape)
    let size = PythonText.pair(window.size)
    let strides = window.strides == window.size ? [] : ["stride=\(PythonText.pair(window.strides))"]
    let border = padding.isNone ? [] : ["padding=\(PythonText.pair(padding.before))"]
    let arguments: [String]
    switch pooling {
    case .max where padding.suitsPooling(window.size):
      arguments = ["F.max_pool2d(\(x.text)", size] + strides + border
    case .max:
      let padded = "F.pad(\(x.text), \(padding.tuple), value=-torch.inf)"
      arguments = ["F.max_pool2d(\(padded)", size] + strides
    case .average where padding.suitsPooling(window.size):
      let isCounted = padding.isNone ? [] : ["count_include_pad=False"]
      arguments = ["F.avg_pool2d(\(x.text)", size] + strides + border + isCounted
    case .average:
      arguments = [
        "average_pooling(\(x.text)", size, PythonText.pair(window.strides), padding.tuple,
      ]
    }
    return PythonExpression(arguments.joined(separator: ", ") + ")")
  }

  /// The values of `x` in the shape of the step's result.
  private func reshaped(
    _ x: PythonExpression, _ step: GraphStep, from shape: ImageShape
  ) -> PythonExpression {
    let target = graph.nodes[step.result].shape
    var text = x.part
    switch graph.reshaping(of: step.result) {
    case nil, .unchanged: return x
    case .channelsFirst:
      if !shape.isFlat { text += ".flatten(1)" }
      if !target.isFlat { text += ".unflatten(1, \(PythonText.tuple(target.channelsFirst)))" }
    case .channelsLast:
      if !shape.isFlat { text += ".permute(0, 2, 3, 1).flatten(1)" }
      if !target.isFlat {
        text += ".unflatten(1, \(PythonText.tuple(target.lengths))).permute(0, 3, 1, 2)"
      }
    }
    return PythonExpression(text)
  }

  /// The rest of an axis from which numbers at its start and at its end are taken away.
  private func slice(_ before: Int, _ after: Int) -> String {
    "\(before == 0 ? "" : "\(before)"):\(after == 0 ? "" : "-\(after)")"
  }

  private func combined(
    _ inputs: [PythonExpression], _ combination: Tensors.Operation.Combination
  ) -> PythonExpression {
    let parts = inputs.map(\.part)
    switch combination {
    case .add: return PythonExpression(parts.joined(separator: " + "), isPrimary: false)
    case .multiply: return PythonExpression(parts.joined(separator: " * "), isPrimary: false)
    case .average:
      return PythonExpression(
        "(\(parts.joined(separator: " + "))) / \(parts.count)", isPrimary: false)
    case .maximum where inputs.count == 2:
      return PythonExpression("torch.maximum(\(inputs[0].text), \(inputs[1].text))")
    case .maximum:
      return PythonExpression("torch.stack(\(PythonText.tuple(inputs.map(\.text)))).amax(0)")
    }
  }
}

extension ActivationFunction {
  /// The call of PyTorch's function for `x`.
  fileprivate func call(_ x: String) -> String {
    switch self {
    case .relu: "F.relu(\(x))"
    case .boundedReLU(maximum: 6): "F.relu6(\(x))"
    case .boundedReLU(let maximum): "F.hardtanh(\(x), 0.0, \(PythonText.number(maximum)))"
    case .leakyReLU(let slope): "F.leaky_relu(\(x), \(PythonText.number(slope)))"
    case .elu(let alpha): alpha == 1 ? "F.elu(\(x))" : "F.elu(\(x), \(PythonText.number(alpha)))"
    case .gelu: "F.gelu(\(x))"
    case .silu: "F.silu(\(x))"
    case .hardSwish: "F.hardswish(\(x))"
    case .mish: "F.mish(\(x))"
    case .softplus: "F.softplus(\(x))"
    case .tanh: "torch.tanh(\(x))"
    case .sigmoid: "torch.sigmoid(\(x))"
    case .softmax: "F.softmax(\(x), dim=1)"
    }
  }
}
