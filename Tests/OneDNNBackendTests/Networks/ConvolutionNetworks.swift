import Tensors

extension NetworkCase {
  /// Convolutions beyond the plain one, each with one before it so that its input's gradient counts too.
  static let convolutions: [NetworkCase] = [
    NetworkCase("dense layers of single pixels, of few and of many channels", image(4, 5, 3)) {
      graph in
      for units in [17, 5, 16] { graph.addDenseOfPixels(units) }
      graph.add(.activation(.elu(alpha: 1)))
      graph.addDenseOfPixels(4)
      graph.addClassifier(3)
    },
    NetworkCase(
      "dilation 2", image(9, 8, 1),
      [
        conv(3, [1, 1]), conv(5, [3, 3], dilation: [2, 2]), .activation(.relu), .flatten, dense(3),
        softmax,
      ]),
    NetworkCase(
      "dilation 2 and 3, same padding", image(7, 6, 3),
      [
        conv(17, [1, 1]), conv(4, [3, 2], padding: .same, dilation: [2, 3]), .flatten, dense(3),
        softmax,
      ]),
    NetworkCase(
      "stride 3, same padding", image(8, 7, 5),
      [
        conv(5, [2, 2], padding: .same), conv(6, [3, 3], strides: [3, 3], padding: .same), .flatten,
        dense(3), softmax,
      ]),
    NetworkCase(
      "stride 3, larger than the window", image(8, 8, 2),
      [
        conv(3, [1, 1]), conv(4, [2, 1], strides: [3, 3]), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "2 groups", image(6, 5, 4),
      [
        conv(6, [2, 2]), conv(10, [3, 3], groups: 2), .activation(.relu), .flatten, dense(3),
        softmax,
      ]),
    NetworkCase(
      "3 groups of 11 channels, no bias", image(5, 5, 3),
      [
        conv(33, [1, 1]), conv(33, [3, 3], padding: .same, groups: 3, useBias: false), .flatten,
        dense(3), softmax,
      ]),
    NetworkCase(
      "16 channels in 4 groups, dilated", image(6, 6, 1),
      [
        conv(16, [1, 1]), conv(8, [2, 2], dilation: [2, 2], groups: 4), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "depthwise, 17 channels", image(7, 5, 17),
      [
        conv(17, [3, 3], padding: .same, groups: 17), .activation(.relu),
        conv(17, [3, 3], groups: 17),
        .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "depthwise, 3 filters a channel, stride 2", image(6, 6, 5),
      [
        conv(5, [1, 1]), conv(15, [3, 3], strides: [2, 2], padding: .same, groups: 5), .flatten,
        dense(3), softmax,
      ]),
    NetworkCase(
      "depthwise, 33 channels, dilation 2", image(6, 6, 3),
      [
        conv(33, [1, 1]), conv(33, [3, 3], padding: .same, dilation: [2, 2], groups: 33), .flatten,
        dense(3), softmax,
      ]),
    NetworkCase(
      "separable: depthwise, then 1×1", image(6, 6, 3),
      [
        conv(6, [3, 3], groups: 3, useBias: false), conv(7, [1, 1]), .activation(.relu), .flatten,
        dense(3), softmax,
      ]),
    NetworkCase(
      "1×1 image, same padding, 33 channels", image(1, 1, 1),
      [
        conv(33, [3, 3], padding: .same), .activation(.relu),
        conv(5, [3, 3], padding: .same, dilation: [2, 2]), .flatten, dense(2), softmax,
      ]),
    NetworkCase(
      "padding 1 and stride 2, as in ResNets", image(8, 7, 3),
      [
        conv(17, [7, 7], strides: [2, 2], padding: .explicit(before: [3, 3], after: [3, 3])),
        .activation(.relu),
        pool([3, 3], strides: [2, 2], padding: .explicit(before: [1, 1], after: [1, 1])),
        conv(16, [3, 3], strides: [2, 2], padding: .explicit(before: [1, 1], after: [1, 1])),
        .activation(.relu), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "padding on each side for itself, dilation 2", image(7, 6, 2),
      [
        conv(3, [1, 1]),
        conv(
          5, [3, 2], strides: [2, 1], padding: .explicit(before: [0, 2], after: [3, 1]),
          dilation: [2, 2]),
        .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "padding 2 of 3×3 windows, 32 channels", image(6, 5, 3),
      [
        conv(32, [3, 3], padding: .explicit(before: [2, 2], after: [2, 2])), .activation(.relu),
        conv(32, [3, 3], padding: .explicit(before: [2, 1], after: [0, 2])), .activation(.relu),
        .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "depthwise, padding 1 and stride 2", image(7, 6, 17),
      [
        conv(
          17, [3, 3], strides: [2, 2], padding: .explicit(before: [1, 1], after: [1, 1]), groups: 17
        ),
        .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "zero padding", image(5, 4, 3),
      [
        .zeroPadding2D(before: [1, 0], after: [2, 3]), conv(5, [3, 3]),
        .zeroPadding2D(before: [1, 1], after: [1, 1]), conv(4, [3, 3], strides: [2, 2]), .flatten,
        dense(3), softmax,
      ]),
    NetworkCase(
      "frozen kernel, regularized bias", image(5, 5, 1),
      { graph in
        graph.add(conv(3, [2, 2]))
        let shapes = [graph.nodes[graph.nodes.count - 1].shape]
        var parameters = conv(4, [2, 2]).parameters(for: shapes)
        parameters[0].isTrainable = false
        parameters[0].regularizer = Regularizer(l2: 0.1)
        parameters[1].regularizer = Regularizer(l1: 0.1, l2: 0.3)
        graph.append(conv(4, [2, 2]), layer: "frozen", inputs: [1], parameters: parameters)
        graph.add(.activation(.relu))
        graph.addClassifier(3)
      }),
    NetworkCase(
      "regularized kernels: of 17 filters, and one whose gradient is computed over the batch",
      image(6, 5, 3),
      { graph in
        for (operation, regularizer) in [
          (conv(17, [3, 3]), Regularizer(l1: 0.02, l2: 0.1)), (.flatten, Regularizer()),
          (dense(64), Regularizer(l1: 0.01)),
        ] {
          let last = graph.nodes.count - 1
          var parameters = operation.parameters(for: [graph.nodes[last].shape])
          if !parameters.isEmpty { parameters[0].regularizer = regularizer }
          graph.append(
            operation, layer: "regularized\(last)", inputs: [last], parameters: parameters)
        }
        graph.add(dense(3))
        graph.add(softmax)
      }),
  ]
}
