import Tensors

/// The call that makes a module of PyTorch.
struct ModuleConstruction {
  /// The module's class.
  let name: String
  let arguments: [String]

  fileprivate init(_ name: String, _ arguments: [String]) {
    self.name = name
    self.arguments = arguments
  }
}

extension Graph {
  /// The call that makes the module of node `number`; nil if it has no parameters and does the same in training: then a
  /// function is enough.
  func moduleConstruction(of number: Int) -> ModuleConstruction? {
    let node = nodes[number]
    let shape = nodes[node.inputs.first ?? 0].shape
    switch node.operation {
    case .convolution2D(let filters, let window, let groups, let useBias):
      let padding = WindowPadding(window, of: shape)
      var arguments = ["\(shape.channels)", "\(filters)", PythonText.pair(window.size)]
      arguments += window.strides == [1, 1] ? [] : ["stride=\(PythonText.pair(window.strides))"]
      arguments +=
        padding.isSymmetric && !padding.isNone
        ? ["padding=\(PythonText.pair(padding.before))"] : []
      arguments +=
        window.dilation == [1, 1]
        ? [] : ["dilation=\(PythonText.pair(window.dilation))"]
      arguments += groups == 1 ? [] : ["groups=\(groups)"]
      return ModuleConstruction("nn.Conv2d", arguments + (useBias ? [] : ["bias=False"]))
    case .dense(let units, let useBias):
      return ModuleConstruction(
        "nn.Linear", ["\(shape.channels)", "\(units)"] + (useBias ? [] : ["bias=False"]))
    case .dropout(let rate, let wholeChannels):
      let name = wholeChannels && !shape.isFlat ? "nn.Dropout2d" : "nn.Dropout"
      return ModuleConstruction(name, [PythonText.number(rate)])
    case .alphaDropout(let rate):
      return ModuleConstruction("nn.AlphaDropout", [PythonText.number(rate)])
    case .gaussianDropout(let rate):
      return ModuleConstruction("GaussianDropout", [PythonText.number(rate)])
    case .gaussianNoise(let deviation):
      return ModuleConstruction("GaussianNoise", [PythonText.number(deviation)])
    case .prelu(let isShared):
      let isPerChannel = shape.isFlat || (isShared.rows && isShared.columns)
      guard !isPerChannel else { return ModuleConstruction("nn.PReLU", ["\(shape.channels)"]) }
      return ModuleConstruction(
        "PReLUByPlace",
        [
          "\(shape.channels)", isShared.rows ? "1" : "\(shape.height)",
          isShared.columns ? "1" : "\(shape.width)",
        ]
      )
    case .batchNormalization(let settings, let momentum):
      // Rounded as float32 is, for 0.01 instead of 0.00999999.
      let share = ((1 - Double(momentum)) * 1e7).rounded() / 1e7
      return ModuleConstruction(
        shape.isFlat ? "nn.BatchNorm1d" : "nn.BatchNorm2d",
        [
          "\(shape.channels)", "eps=\(PythonText.number(settings.epsilon))",
          "momentum=\(PythonText.number(share))",
        ] + settings.affine("affine")
      )
    case .groupNormalization(let settings, let groups):
      return ModuleConstruction(
        "nn.GroupNorm",
        ["\(groups)", "\(shape.channels)", "eps=\(PythonText.number(settings.epsilon))"]
          + settings.affine("affine")
      )
    case .layerNormalization(let settings):
      return ModuleConstruction(
        "nn.LayerNorm",
        ["\(shape.channels)", "eps=\(PythonText.number(settings.epsilon))"]
          + settings.affine("elementwise_affine")
      )
    case .input, .pooling2D, .flatten, .reshape, .zeroPadding2D, .cropping2D, .upSampling2D,
      .rescaling,
      .activation, .combination, .concatenation:
      return nil
    }
  }
}

extension NormalizationSettings {
  fileprivate func affine(_ keyword: String) -> [String] {
    center || scale ? [] : ["\(keyword)=False"]
  }
}
