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

  /// Batch normalizations before, between and behind convolutions by routines of our own.
  static let normalizedConvolutions: [NetworkCase] = [
    NetworkCase(
      "few channels, twice, with ReLU and normalization", image(9, 8, 1),
      [
        conv(6, [5, 5], padding: .same), batchNormalization, .activation(.relu),
        conv(17, [3, 3]), .activation(.relu), pool([2, 2]), batchNormalization, .flatten,
        dense(3), softmax,
      ]),
    NetworkCase(
      "few channels, with tanh, normalization and a mean", image(9, 8, 3),
      [
        conv(9, [3, 3]), .activation(.tanh), batchNormalization, pool([2, 2], .average),
        conv(5, [2, 2]), .activation(.tanh), pool([2, 2], .average), batchNormalization, .flatten,
        dense(3), softmax,
      ]),
    NetworkCase(
      "convolution, normalization, ReLU, thrice", image(9, 7, 8),
      [
        conv(17, [3, 3], padding: .same, useBias: false), batchNormalization, .activation(.relu),
        conv(9, [3, 3]), batchNormalization, .activation(.relu),
        conv(33, [3, 3], padding: .same), batchNormalization, .activation(.relu), .flatten,
        dense(3), softmax,
      ]),
    NetworkCase(
      "convolution, ReLU, normalization, thrice", image(15, 14, 8),
      [
        conv(16, [3, 3]), .activation(.relu), batchNormalization,
        conv(10, [5, 5], strides: [2, 2], padding: .same), .activation(.leakyReLU(slope: 0.2)),
        .batchNormalization(.init(epsilon: 1e-3, scale: false), momentum: 0.9),
        conv(8, [4, 4]), .activation(.relu),
        .batchNormalization(.init(epsilon: 1e-3, center: false), momentum: 0.9), .flatten,
        dense(3), softmax,
      ]),
    NetworkCase(
      "pooled convolutions, normalized", image(19, 18, 8),
      [
        conv(12, [3, 3]), .activation(.relu), pool([2, 2]), batchNormalization,
        conv(17, [3, 3]), .activation(.leakyReLU(slope: 0.3)), pool([2, 2]), batchNormalization,
        .activation(.relu), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "normalized between other kernels", image(8, 9, 3),
      [
        batchNormalization, conv(8, [2, 2]), batchNormalization, .activation(.relu),
        conv(12, [3, 3], padding: .same), batchNormalization, conv(9, [2, 2]), .flatten, dense(3),
        softmax,
      ]),
    NetworkCase("a frozen normalization between convolutions", image(6, 7, 8)) { graph in
      graph.add(conv(9, [3, 3], padding: .same))
      var parameters = batchNormalization.parameters(for: [graph.nodes[1].shape])
      for index in parameters.indices { parameters[index].isTrainable = false }
      graph.append(batchNormalization, layer: "frozen", inputs: [1], parameters: parameters)
      graph.add(.activation(.relu))
      graph.add(conv(8, [3, 3]))
      graph.addClassifier(3)
    },
    NetworkCase("a residual block with normalizations", image(7, 8, 8)) { graph in
      graph.add(conv(16, [3, 3], padding: .same, useBias: false))
      graph.add(batchNormalization)
      let stem = graph.add(.activation(.relu))
      graph.add(conv(16, [3, 3], padding: .same, useBias: false))
      graph.add(batchNormalization)
      graph.add(.activation(.relu))
      graph.add(conv(16, [3, 3], padding: .same, useBias: false))
      let main = graph.add(batchNormalization)
      let projected = graph.add(conv(16, [1, 1], useBias: false), stem)
      let shortcut = graph.add(batchNormalization, projected)
      let sum = graph.append(.combination(.add), layer: "sum", inputs: [main, shortcut, stem])
      graph.add(.activation(.relu), sum)
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
