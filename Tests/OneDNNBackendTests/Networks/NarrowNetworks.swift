import Tensors

extension NetworkCase {
  /// Convolutions of few channels, with what follows them, and some that are just no such.
  static let narrow: [NetworkCase] = [
    NetworkCase(
      "two layers of LeNet-5", image(16, 16, 1),
      [
        conv(6, [5, 5], padding: .same), .activation(.tanh), pool([2, 2], .average),
        conv(16, [5, 5]), .activation(.tanh), pool([2, 2], .average), .flatten, dense(10),
        softmax,
      ]),
    NetworkCase(
      "stride 2, a leaky ReLU and means, odd sizes", image(13, 15, 3),
      [
        conv(17, [5, 3], strides: [2, 1], padding: .same), .activation(.leakyReLU(slope: 0.2)),
        pool([2, 2], .average), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "7×3 with padding, a hyperbolic tangent and no pooling", image(9, 8, 4),
      [
        conv(8, [7, 3], padding: .explicit(before: [3, 1], after: [2, 2]), useBias: false),
        .activation(.tanh), conv(5, [3, 3], strides: [2, 2]), .activation(.relu), .flatten,
        dense(3), softmax,
      ]),
    NetworkCase(
      "means of a convolution, which a maximum of a hyperbolic tangent follows", image(14, 13, 2),
      [
        conv(5, [5, 5], padding: .same), pool([2, 2], .average), conv(9, [5, 5], padding: .same),
        .activation(.tanh), pool([2, 2]), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "a leaky ReLU and a maximum", image(11, 12, 1),
      [
        conv(9, [3, 3]), .activation(.leakyReLU(slope: 0.3)), pool([2, 2]), .flatten, dense(3),
        softmax,
      ]),
    NetworkCase("a learned bias of a frozen kernel", image(8, 9, 1)) { graph in
      let convolution = conv(6, [5, 5])
      var parameters = convolution.parameters(for: [graph.nodes[0].shape])
      parameters[0].isTrainable = false
      let first = graph.append(
        convolution, layer: "frozen", inputs: [0], parameters: parameters)
      graph.add(pool([2, 2], .average), graph.add(.activation(.tanh), first))
      graph.addClassifier(3)
    },
    NetworkCase("a frozen layer amid others, read twice", image(10, 10, 3)) { graph in
      let stem = graph.add(.activation(.relu), graph.add(conv(6, [3, 3], padding: .same)))
      let convolution = conv(6, [5, 5], padding: .same)
      var parameters = convolution.parameters(for: [graph.nodes[stem].shape])
      for index in parameters.indices { parameters[index].isTrainable = false }
      let frozen = graph.append(
        convolution, layer: "frozen", inputs: [stem], parameters: parameters)
      let curved = graph.add(.activation(.tanh), frozen)
      graph.append(.combination(.add), layer: "sum", inputs: [frozen, curved])
      graph.add(pool([2, 2], .average))
      graph.addClassifier(3)
    },
  ]
}
