import Tensors

extension NetworkCase {
  /// Poolings, and the shapes around them.
  static let poolings: [NetworkCase] = [
    NetworkCase(
      "average pooling", image(7, 6, 2),
      [
        conv(5, [1, 1]), pool([2, 2], .average), .activation(.relu), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "average pooling, same padding, which is left out", image(8, 7, 3),
      [
        conv(4, [1, 1]), pool([3, 3], strides: [2, 2], padding: .same, .average), .flatten,
        dense(3), softmax,
      ]),
    NetworkCase(
      "average pooling, stride 3, 33 channels", image(8, 8, 1),
      [
        conv(33, [2, 2]), pool([2, 2], strides: [3, 3], padding: .same, .average), .flatten,
        dense(3), softmax,
      ]),
    NetworkCase(
      "padded pooling of windows that overlap, and that leave rows out", image(9, 7, 3),
      [
        conv(17, [1, 1]), .activation(.relu),
        pool([3, 3], strides: [2, 2], padding: .explicit(before: [1, 2], after: [2, 0])),
        pool(
          [2, 2], strides: [3, 2], padding: .explicit(before: [1, 0], after: [0, 1]), .average),
        .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "padding after the image alone, by windows side by side", image(5, 5, 2),
      [
        conv(8, [1, 1]), pool([2, 2], padding: .explicit(before: [0, 0], after: [1, 1])),
        .activation(.tanh),
        pool([2, 2], padding: .explicit(before: [0, 0], after: [1, 1]), .average), .flatten,
        dense(3), softmax,
      ]),
    NetworkCase(
      "average pooling first", image(6, 6, 1),
      [
        pool([2, 2], .average), conv(4, [2, 2]), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "max pooling, stride 3, 17 channels", image(8, 7, 1),
      [
        conv(17, [1, 1]), .activation(.tanh), pool([3, 2], strides: [3, 3]), .flatten, dense(3),
        softmax,
      ]),
    NetworkCase(
      "global average", image(5, 4, 3),
      [
        conv(17, [2, 2]), .activation(.relu), pool([4, 3], .average), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "global maximum", image(5, 4, 3),
      [
        conv(6, [2, 2]), pool([4, 3]), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "maxima of more channels than are taken at a time", image(1, 1, 6),
      [
        .flatten, dense(4 * 300), .reshape(image(2, 2, 300)), pool([2, 2], strides: [1, 1]),
        .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "means of more channels than are taken at a time", image(1, 1, 6),
      [
        .flatten, dense(4 * 300), .reshape(image(2, 2, 300)),
        pool([2, 2], strides: [1, 1], padding: .same, .average), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "poolings of a 1×1 image", image(1, 1, 5),
      [
        conv(3, [1, 1]), pool([1, 1], .average), pool([3, 3], padding: .same), .flatten, dense(3),
        softmax,
      ]),
    NetworkCase(
      "reshape of a vector to an image, and back", image(4, 3, 1),
      [
        .flatten, dense(24), .reshape(image(4, 2, 3)), conv(5, [2, 2]), .reshape(image(3, 5, 1)),
        conv(3, [2, 2]), .reshape(ImageShape(flat: 24)), dense(3), softmax,
      ]),
    NetworkCase(
      "reshape of the images", image(4, 4, 3),
      [
        .reshape(image(2, 6, 4)), conv(3, [2, 2]), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "cropping of the images and of results, on one side and on all", image(7, 6, 2),
      [
        .cropping2D(before: [0, 1], after: [1, 0]), conv(17, [2, 2]), .activation(.relu),
        .cropping2D(before: [1, 1], after: [1, 1]), conv(5, [2, 1]),
        .cropping2D(before: [0, 0], after: [0, 1]), .flatten, dense(3), softmax,
      ]),
    NetworkCase("a result cropped twice, and taken whole", image(5, 5, 2)) { graph in
      let whole = graph.add(conv(6, [2, 2]))
      let first = graph.add(.cropping2D(before: [0, 0], after: [2, 2]), whole)
      let last = graph.add(.cropping2D(before: [1, 1], after: [1, 1]), whole)
      let joined = graph.add(.concatenation, first, last)
      graph.add(pool([2, 2]), whole)
      graph.add(.combination(.add), graph.add(conv(12, [1, 1])), joined)
      graph.addClassifier(3)
    },
    NetworkCase(
      "upsampling of the images and of results, by rows, columns and both", image(3, 4, 2),
      [
        .upSampling2D(size: [1, 2]), conv(17, [2, 2]), .activation(.tanh),
        .upSampling2D(size: [3, 2]), conv(5, [2, 3]), .upSampling2D(size: [2, 1]),
        pool([2, 2], .average), .flatten, dense(3), softmax,
      ]),
    NetworkCase("an encoder, and a decoder that looks back at it", image(6, 6, 1)) { graph in
      let fine = graph.add(conv(8, [3, 3], padding: .same))
      graph.add(pool([2, 2]))
      graph.add(conv(16, [3, 3], padding: .same))
      graph.add(.activation(.relu))
      graph.add(.upSampling2D(size: [2, 2]))
      graph.add(conv(8, [3, 3], padding: .same))
      graph.add(.combination(.add), graph.nodes.count - 1, fine)
      graph.addClassifier(3)
    },
    NetworkCase(
      "rescaling", image(4, 4, 3),
      [
        .rescaling(scale: 2, offset: -0.5), conv(3, [2, 2]), .rescaling(scale: -0.3, offset: 1),
        .flatten, dense(5), .rescaling(scale: 3, offset: 0), dense(3), softmax,
      ]),
    NetworkCase(
      "whole-channel dropout", image(5, 5, 3),
      [
        conv(17, [2, 2]), .activation(.relu), .dropout(rate: 0.4, wholeChannels: true),
        conv(5, [2, 2]),
        .dropout(rate: 0.3, wholeChannels: true), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "gaussian noise", image(5, 5, 1),
      [
        .gaussianNoise(deviation: 0.5), conv(5, [2, 2]), .gaussianNoise(deviation: 0.2), .flatten,
        dense(6), .activation(.tanh), .gaussianNoise(deviation: 1), dense(3), softmax,
      ]),
    NetworkCase(
      "alpha dropout", image(5, 5, 1),
      [
        .alphaDropout(rate: 0.2), conv(5, [2, 2]), .alphaDropout(rate: 0.1), conv(17, [2, 2]),
        .alphaDropout(rate: 0.3), .flatten, dense(6), .activation(.elu(alpha: 1)),
        .alphaDropout(rate: 0.5), dense(3), softmax,
      ]),
    NetworkCase(
      "gaussian dropout", image(5, 5, 1),
      [
        .gaussianDropout(rate: 0.5), conv(5, [2, 2]), .gaussianDropout(rate: 0.2), .flatten,
        dense(6), .activation(.tanh), .gaussianDropout(rate: 0.7), dense(3), softmax,
      ]),
  ]
}
