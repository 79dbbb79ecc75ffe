import Tensors

extension NetworkCase {
  /// Graphs that are no chains.
  static let branches: [NetworkCase] =
    Operation.Combination.allCases.map { combination in
      NetworkCase("\(combination) of three, images and vectors", image(4, 4, 2)) { graph in
        let first = graph.add(conv(5, [2, 2]))
        let second = graph.add(conv(5, [2, 2]), 0)
        // Not tanh, which near zero is what it is of: which of the two is larger would be close.
        let third = graph.add(.activation(.sigmoid), first)
        graph.add(.combination(combination), first, second, third)
        let flat = graph.add(.flatten)
        let left = graph.add(dense(6), flat)
        let middle = graph.add(dense(6), flat)
        let right = graph.add(.activation(.relu), left)
        graph.add(.combination(combination), right, middle, left)
        graph.addClassifier(3)
      }
    } + [
      NetworkCase("a node added to itself", image(3, 3, 1)) { graph in
        let node = graph.add(conv(3, [2, 2]))
        graph.add(.combination(.add), node, node)
        graph.add(.combination(.multiply), 2, node)
        graph.addClassifier(3)
      },
      NetworkCase("the images used twice", image(4, 4, 2)) { graph in
        let branch = graph.add(conv(2, [3, 3], padding: .same))
        graph.add(.combination(.add), 0, branch)
        graph.add(conv(3, [2, 2]))
        graph.addClassifier(3)
      },
      NetworkCase("residual block with batch normalization", image(6, 5, 1)) { graph in
        graph.add(conv(6, [3, 3], padding: .same, useBias: false))
        graph.add(batchNormalization)
        let shortcut = graph.add(.activation(.relu))
        graph.add(conv(6, [3, 3], padding: .same, useBias: false))
        graph.add(batchNormalization)
        graph.add(.activation(.relu))
        graph.add(conv(6, [3, 3], padding: .same, useBias: false))
        let inner = graph.add(batchNormalization)
        graph.add(.combination(.add), shortcut, inner)
        graph.add(.activation(.relu))
        graph.add(pool([6, 5], .average))
        graph.addClassifier(3)
      },
      NetworkCase("residual block that halves the image, projected shortcut", image(7, 6, 3)) {
        graph in
        let start = graph.add(conv(5, [1, 1]))
        graph.add(conv(17, [3, 3], strides: [2, 2], padding: .same, useBias: false))
        graph.add(batchNormalization)
        graph.add(.activation(.relu))
        graph.add(conv(17, [3, 3], padding: .same, useBias: false))
        let inner = graph.add(batchNormalization)
        graph.add(conv(17, [1, 1], strides: [2, 2], useBias: false), start)
        let shortcut = graph.add(batchNormalization)
        graph.add(.combination(.add), inner, shortcut)
        graph.add(.activation(.relu))
        graph.addClassifier(3)
      },
      NetworkCase("concatenation of 3 images of 1, 17 and 3 channels", image(5, 5, 2)) { graph in
        let first = graph.add(conv(1, [3, 3], padding: .same), 0)
        let second = graph.add(conv(17, [1, 1]), 0)
        let third = graph.add(pool([3, 3], strides: [1, 1], padding: .same), 0)
        graph.add(conv(3, [1, 1]), third)
        graph.add(.concatenation, first, second, 4)
        graph.add(.activation(.relu))
        graph.add(conv(4, [2, 2]))
        graph.addClassifier(3)
      },
      NetworkCase("concatenation with 16 channels each, and with itself", image(4, 4, 1)) { graph in
        let first = graph.add(conv(16, [2, 2]))
        let second = graph.add(.activation(.tanh))
        let joined = graph.add(.concatenation, first, second)
        graph.add(.concatenation, joined, joined)
        graph.add(conv(5, [2, 2]))
        graph.addClassifier(3)
      },
      NetworkCase("concatenation of vectors", image(3, 3, 2)) { graph in
        let flat = graph.add(.flatten)
        let first = graph.add(dense(7), flat)
        graph.add(dense(1), flat)
        let second = graph.add(.activation(.sigmoid))
        graph.add(.concatenation, flat, second, first)
        graph.addClassifier(4)
      },
      NetworkCase("a dropped output used twice", image(4, 4, 1)) { graph in
        graph.add(conv(5, [2, 2]))
        let dropped = graph.add(.dropout(rate: 0.4))
        let left = graph.add(conv(3, [2, 2]), dropped)
        let right = graph.add(conv(3, [2, 2]), dropped)
        graph.add(.combination(.maximum), left, right)
        graph.addClassifier(3)
      },
      NetworkCase("channels scaled by a vector's sigmoid, reshaped to an image", image(1, 1, 5)) {
        graph in
        let start = graph.add(conv(6, [1, 1]))
        graph.add(.flatten)
        graph.add(dense(6))
        graph.add(.activation(.sigmoid))
        let gates = graph.add(.reshape(image(1, 1, 6)))
        graph.add(.combination(.multiply), start, gates)
        graph.addClassifier(3)
      },
    ]
}
