import Tensors

extension NetworkCase {
  /// Each function of images and of vectors, with and without a layer just before it to fuse it into.
  static let activations: [NetworkCase] =
    functions.map { function in
      NetworkCase(
        "\(function)", image(4, 4, 3),
        [
          .activation(function), conv(17, [2, 2]), .activation(function), .flatten, dense(6),
          .activation(function), .activation(function), dense(3), softmax,
        ])
    } + [
      prelu("PReLU", isShared: .init(rows: false, columns: false)),
      prelu("PReLU, rows shared", isShared: .init(rows: true, columns: false)),
      prelu("PReLU, columns shared", isShared: .init(rows: false, columns: true)),
      prelu("PReLU, rows and columns shared", isShared: .init(rows: true, columns: true)),
      NetworkCase(
        "dropout between dense and its activation", image(3, 3, 1),
        [
          .flatten, dense(8), .dropout(rate: 0.25), .activation(.silu), dense(3), softmax,
        ]),
    ]

  private static let functions: [ActivationFunction] = [
    .relu, .boundedReLU(maximum: 6), .boundedReLU(maximum: 0.5), .leakyReLU(slope: 0.3),
    .elu(alpha: 1), .elu(alpha: 1.6732632), .gelu, .silu, .hardSwish, .mish, .softplus, .tanh,
    .sigmoid,
  ]

  private static func prelu(_ name: String, isShared: Tensors.Operation.SharedAxes) -> NetworkCase {
    NetworkCase(
      name, image(4, 3, 2),
      [
        .prelu(isShared: isShared), conv(5, [2, 2]), .prelu(isShared: isShared), .flatten, dense(6),
        .prelu(isShared: isShared), dense(3), softmax,
      ])
  }
}
