import Tensors

extension NetworkCase {
  /// Sums of two images, most of them ends of residual blocks.
  static let sums: [NetworkCase] = [
    NetworkCase("two residual blocks, Winograd's", image(9, 7, 3)) { graph in
      graph.add(conv(16, [3, 3], padding: .same, useBias: false))
      graph.add(batchNormalization)
      var block = graph.add(.activation(.relu))
      for _ in 0..<2 {
        graph.add(conv(16, [3, 3], padding: .same, useBias: false))
        graph.add(batchNormalization)
        graph.add(.activation(.relu))
        graph.add(conv(16, [3, 3], padding: .same, useBias: false))
        let end = graph.add(batchNormalization)
        graph.add(.combination(.add), end, block)
        block = graph.add(.activation(.relu))
      }
      graph.addClassifier(3)
    },
    NetworkCase("a projected shortcut, both normalized", image(8, 9, 8)) { graph in
      let start = graph.add(conv(9, [3, 3], padding: .same))
      graph.add(conv(20, [3, 3], strides: [2, 2], padding: .same, useBias: false))
      graph.add(batchNormalization)
      graph.add(.activation(.relu))
      graph.add(conv(20, [3, 3], padding: .same, useBias: false))
      let end = graph.add(batchNormalization)
      graph.add(conv(20, [1, 1], strides: [2, 2], useBias: false), start)
      graph.add(batchNormalization)
      let shortcut = graph.add(.activation(.relu))
      graph.add(.combination(.add), shortcut, end)
      graph.add(.activation(.relu))
      graph.add(conv(8, [3, 3]))
      graph.addClassifier(3)
    },
    NetworkCase("residual blocks before their activations", image(7, 7, 8)) { graph in
      var block = graph.add(conv(17, [3, 3], padding: .same))
      for _ in 0..<2 {
        graph.add(batchNormalization)
        graph.add(.activation(.relu))
        let end = graph.add(conv(17, [3, 3], padding: .same))
        block = graph.add(.combination(.add), block, end)
      }
      graph.add(.activation(.tanh))
      graph.addClassifier(3)
    },
    NetworkCase("sums of sums, of one node and through dropout", image(6, 5, 2)) { graph in
      let first = graph.add(conv(9, [3, 3], padding: .same))
      let second = graph.add(batchNormalization)
      let sum = graph.add(.combination(.add), first, second)
      let dropped = graph.add(.dropout(rate: 0.3, wholeChannels: false), first)
      let other = graph.add(.combination(.add), dropped, sum)
      let rectified = graph.add(.activation(.relu), other)
      let twice = graph.add(.combination(.add), rectified, rectified)
      let all = graph.add(.combination(.add), twice, sum)
      graph.add(.combination(.average), all, other, first)
      graph.addClassifier(3)
    },
    NetworkCase("a frozen normalization in a sum", image(6, 7, 8)) { graph in
      let start = graph.add(conv(9, [3, 3], padding: .same))
      var parameters = batchNormalization.parameters(for: [graph.nodes[1].shape])
      for index in parameters.indices { parameters[index].isTrainable = false }
      let frozen = graph.append(
        batchNormalization, layer: "frozen", inputs: [1], parameters: parameters)
      let other = graph.add(conv(9, [2, 2], padding: .same), start)
      graph.add(.combination(.add), other, frozen)
      graph.add(.activation(.relu))
      graph.addClassifier(3)
    },
  ]
}
