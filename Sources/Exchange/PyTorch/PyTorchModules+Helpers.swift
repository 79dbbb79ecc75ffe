import Tensors

extension PyTorchModules {
  /// The definitions, as far as the network needs them, for which PyTorch has no word.
  var helpers: [String] {
    var helpers: [String] = []
    if graph.nodes.contains(where: needsAveragePooling) { helpers.append(Self.averagePooling) }
    if graph.nodes.contains(where: \.isGaussianDropout) { helpers.append(Self.gaussianDropout) }
    if graph.nodes.contains(where: \.isNoise) { helpers.append(Self.gaussianNoise) }
    if graph.nodes.contains(where: \.isPReLUByPlace) { helpers.append(Self.preluByPlace) }
    return helpers
  }

  private func needsAveragePooling(_ node: Graph.Node) -> Bool {
    guard case .pooling2D(.average, let window) = node.operation else { return false }
    let padding = WindowPadding(window, of: graph.nodes[node.inputs[0]].shape)
    return !padding.suitsPooling(window.size)
  }

  private static let averagePooling = """
    def average_pooling(x, size, stride, padding):
        \"""Average pooling with as much padding on each side, which the means leave out.\"""
        ones = F.pad(torch.ones_like(x[:1, :1]), padding)
        means = F.avg_pool2d(F.pad(x, padding), size, stride)
        return means / F.avg_pool2d(ones, size, stride)
    """

  private static let gaussianDropout = """
    class GaussianDropout(nn.Module):
        \"""Multiplies each value with a normal random number around 1, in training only.\"""

        def __init__(self, rate):
            super().__init__()
            self.deviation = (rate / (1 - rate)) ** 0.5

        def forward(self, x):
            return x * (1 + self.deviation * torch.randn_like(x)) if self.training else x
    """

  private static let gaussianNoise = """
    class GaussianNoise(nn.Module):
        \"""Adds a normal random number to each value, in training only.\"""

        def __init__(self, deviation):
            super().__init__()
            self.deviation = deviation

        def forward(self, x):
            return x + self.deviation * torch.randn_like(x) if self.training else x
    """

  private static let preluByPlace = """
    class PReLUByPlace(nn.Module):
        \"""PReLU with slopes of their own for places of the image, and not only for channels.\"""

        def __init__(self, *shape):
            super().__init__()
            self.weight = nn.Parameter(torch.zeros(shape))

        def forward(self, x):
            return torch.where(x > 0, x, self.weight * x)
    """
}

extension Graph.Node {
  fileprivate var isGaussianDropout: Bool {
    if case .gaussianDropout = operation { true } else { false }
  }

  fileprivate var isNoise: Bool { if case .gaussianNoise = operation { true } else { false } }

  fileprivate var isPReLUByPlace: Bool {
    guard case .prelu(let isShared) = operation else { return false }
    return !shape.isFlat && !(isShared.rows && isShared.columns)
  }
}
