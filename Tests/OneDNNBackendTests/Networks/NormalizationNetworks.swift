import Tensors

extension NetworkCase {
  /// Each normalization of images and of vectors.
  static let normalizations: [NetworkCase] =
    kinds.flatMap { name, normalization in
      [
        NetworkCase(
          "\(name) normalization", image(5, 4, 3),
          [
            conv(6, [2, 2]), normalization, .activation(.relu), conv(4, [2, 2], useBias: false),
            normalization, .flatten, dense(8, useBias: false), normalization, .activation(.tanh),
            dense(3), softmax,
          ]),
        NetworkCase(
          "\(name) normalization of the images", image(4, 3, 2),
          [
            normalization, conv(4, [2, 2]), .flatten, dense(3), softmax,
          ]),
        NetworkCase(
          "\(name) normalization of a 1×1 image, then dropout", image(1, 1, 4),
          [
            conv(32, [1, 1]), normalization, .dropout(rate: 0.3), .activation(.silu), .flatten,
            normalization, dense(3), softmax,
          ]),
      ]
    } + [
      NetworkCase(
        "batch normalization of 33 channels, after the activation", image(5, 5, 1),
        [
          conv(33, [3, 3]), .activation(.relu), batchNormalization, pool([2, 2], strides: [1, 1]),
          batchNormalization, .flatten, dense(17), .activation(.relu), batchNormalization,
          dense(3), softmax,
        ]),
      NetworkCase(
        "normalizations without gamma, without beta", image(4, 4, 2),
        [
          conv(6, [2, 2]),
          .batchNormalization(.init(epsilon: 1e-3, scale: false), momentum: 0.9),
          .groupNormalization(.init(epsilon: 1e-2, center: false), groups: 3),
          .layerNormalization(.init(epsilon: 0.1, center: false, scale: false)),
          .flatten, dense(3), softmax,
        ]),
      NetworkCase(
        "group normalization with one group, and with a group for each channel", image(4, 4, 2),
        [
          conv(5, [2, 2]), .groupNormalization(.init(epsilon: 1e-3), groups: 1),
          .groupNormalization(.init(epsilon: 1e-3), groups: 5), .flatten, dense(3), softmax,
        ]),
      NetworkCase(
        "batch normalization, ReLU, pooling by maximum", image(9, 9, 1),
        [
          conv(9, [2, 2]), batchNormalization, .activation(.relu), pool([2, 2]), .flatten,
          dense(12), .batchNormalization(.init(epsilon: 1e-3, center: false), momentum: 0.9),
          .activation(.relu), dense(3), softmax,
        ]),
      NetworkCase(
        "batch normalization of 1,300 numbers", image(2, 2, 1),
        [.flatten, dense(1300), batchNormalization, .activation(.relu), dense(3), softmax]),
      NetworkCase("batch normalization whose result is taken twice", image(5, 5, 1)) { graph in
        graph.add(conv(4, [2, 2]))
        let normalized = graph.add(batchNormalization)
        let rectified = graph.add(.activation(.relu))
        graph.append(.combination(.add), layer: "sum", inputs: [normalized, rectified])
        graph.addClassifier(3)
      },
      NetworkCase("frozen batch normalization", image(4, 4, 2)) { graph in
        graph.add(conv(5, [2, 2]))
        var parameters = batchNormalization.parameters(for: [graph.nodes[1].shape])
        for index in parameters.indices { parameters[index].isTrainable = false }
        graph.append(batchNormalization, layer: "frozen", inputs: [1], parameters: parameters)
        graph.add(.activation(.relu))
        graph.add(batchNormalization)
        graph.addClassifier(3)
      },
    ]

  static let batchNormalization = Tensors.Operation.batchNormalization(
    .init(epsilon: 1e-3), momentum: 0.99)

  private static let kinds: [(String, Tensors.Operation)] = [
    ("batch", batchNormalization), ("group", .groupNormalization(.init(epsilon: 1e-3), groups: 2)),
    ("layer", .layerNormalization(.init(epsilon: 1e-3))),
  ]
}
