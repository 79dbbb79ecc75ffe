import Tensors

extension NetworkCase {
  /// Convolutions that Winograd's algorithm suits, and some that it just does not.
  static let winograd: [NetworkCase] = [
    NetworkCase(
      "the baseline's second convolution", image(14, 14, 3),
      [
        conv(32, [3, 3]), .activation(.relu), conv(64, [3, 3]), .activation(.relu), pool([2, 2]),
        .flatten, dense(4), softmax,
      ]),
    NetworkCase(
      "17 to 33 channels, same padding, 7×5", image(7, 5, 3),
      [
        conv(17, [1, 1]), conv(33, [3, 3], padding: .same), .activation(.relu),
        conv(8, [3, 3], padding: .same, useBias: false), .activation(.leakyReLU(slope: 0.2)),
        .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "padding 1 and 2, and a part that nobody reads", image(9, 11, 2),
      [
        conv(9, [1, 1]), conv(16, [3, 3], padding: .explicit(before: [1, 1], after: [1, 1])),
        .activation(.elu(alpha: 0.7)),
        conv(10, [3, 3], padding: .explicit(before: [2, 0], after: [0, 1])),
        .activation(.tanh), pool([2, 2], strides: [3, 3]), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "a sigmoid after 12 channels, 3×3 images", image(3, 3, 8),
      [
        conv(12, [3, 3], padding: .same), .activation(.sigmoid), conv(8, [3, 3], padding: .same),
        batchNormalization, .activation(.relu), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "3×3 with strides of 2, same padding, normalized before and behind, 15×14", image(15, 14, 3),
      [
        conv(16, [1, 1]), batchNormalization, .activation(.relu),
        conv(32, [3, 3], strides: [2, 2], padding: .same, useBias: false), batchNormalization,
        .activation(.relu), conv(17, [3, 3], strides: [2, 2], padding: .same),
        .activation(.leakyReLU(slope: 0.2)), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "5×5 with strides of 2, same padding, 15×14", image(15, 14, 3),
      [
        conv(9, [1, 1]), conv(16, [5, 5], strides: [2, 2], padding: .same), .activation(.relu),
        batchNormalization, conv(17, [5, 5], strides: [2, 2], padding: .same), .activation(.tanh),
        .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "5×5 and 4×4 with strides of 1, 6×6 with strides of 2, pooled", image(19, 20, 8),
      [
        conv(8, [5, 5], padding: .same), .activation(.leakyReLU(slope: 0.2)),
        conv(9, [4, 4]), .activation(.relu), pool([2, 2], padding: .same),
        conv(8, [6, 6], strides: [2, 2], padding: .same, useBias: false), .flatten, dense(3),
        softmax,
      ]),
    NetworkCase(
      "strides that leave rows over, before a pooling", image(19, 14, 8),
      [
        conv(10, [5, 5], strides: [2, 2]), .activation(.relu), pool([2, 2]), .flatten, dense(3),
        softmax,
      ]),
    NetworkCase(
      "2×2 images", image(2, 2, 8),
      [
        conv(8, [3, 3], padding: .same), .activation(.relu), conv(8, [3, 3], padding: .same),
        .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "one row", image(1, 9, 8),
      [
        conv(8, [3, 3], padding: .same), .activation(.relu), conv(8, [3, 3], padding: .same),
        .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "first layers: one channel, same padding, 33 filters", image(9, 7, 1),
      [
        conv(33, [3, 3], padding: .same), .activation(.relu), pool([2, 2]), .flatten, dense(3),
        softmax,
      ]),
    NetworkCase(
      "first layers: 3 channels, padding 2 and 1, no bias", image(8, 11, 3),
      [
        conv(5, [3, 3], padding: .explicit(before: [2, 1], after: [1, 2]), useBias: false),
        .activation(.leakyReLU(slope: 0.1)), conv(8, [3, 3]), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "first layers: 4 channels of one pixel", image(1, 1, 4),
      [conv(16, [3, 3], padding: .same), .activation(.elu(alpha: 1)), .flatten, dense(3), softmax]),
    NetworkCase("a residual block, its first kernel frozen", image(6, 6, 3)) { graph in
      let stem = graph.add(conv(16, [1, 1]))
      var parameters = conv(16, [3, 3]).parameters(for: [graph.nodes[stem].shape])
      parameters[0].isTrainable = false
      let first = graph.append(
        conv(16, [3, 3], padding: .same), layer: "frozen", inputs: [stem], parameters: parameters)
      let rectified = graph.add(.activation(.relu), first)
      let second = graph.add(conv(16, [3, 3], padding: .same), rectified)
      let sum = graph.append(.combination(.add), layer: "sum", inputs: [second, stem])
      graph.add(.activation(.relu), sum)
      graph.addClassifier(3)
    },
    NetworkCase("5×5 with strides of 2, of which only the bias is learned", image(9, 8, 8)) {
      graph in
      let operation = conv(12, [5, 5], strides: [2, 2], padding: .same)
      var parameters = operation.parameters(for: [graph.nodes[0].shape])
      parameters[0].isTrainable = false
      graph.append(operation, layer: "frozen", inputs: [0], parameters: parameters)
      graph.add(.activation(.relu))
      graph.addClassifier(3)
    },
    NetworkCase("nothing learned before", image(6, 5, 8)) { graph in
      var parameters = conv(9, [3, 3], useBias: false).parameters(for: [graph.nodes[0].shape])
      parameters[0].isTrainable = false
      graph.append(
        conv(9, [3, 3], useBias: false), layer: "frozen", inputs: [0], parameters: parameters)
      graph.add(conv(8, [3, 3]))
      graph.addClassifier(3)
    },
  ]
}
