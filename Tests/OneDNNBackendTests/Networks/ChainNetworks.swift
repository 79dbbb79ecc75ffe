import Tensors

extension NetworkCase {
  /// Chains of the operations that a first convolutional network needs.
  static let chains: [NetworkCase] = [
    NetworkCase(
      "baseline, small", image(12, 12, 1),
      [
        conv(8, [3, 3]), .activation(.relu), pool([2, 2]), conv(16, [3, 3]), .activation(.relu),
        pool([2, 2]), .flatten, dense(20), .activation(.relu), .dropout(rate: 0.5), dense(10),
        softmax,
      ]),
    NetworkCase("softmax regression", image(4, 5, 1), [.flatten, dense(3), softmax]),
    NetworkCase(
      "no bias", image(4, 4, 2),
      [
        conv(3, [2, 2], useBias: false), .flatten, dense(4, useBias: false), softmax,
      ]),
    NetworkCase("1×1 image", image(1, 1, 1), [conv(3, [1, 1]), .flatten, dense(2), softmax]),
    NetworkCase(
      "3 channels, strides, odd shape", image(9, 7, 3),
      [
        conv(5, [3, 2], strides: [3, 2]), .activation(.tanh), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "same padding", image(7, 6, 3),
      [
        conv(17, [3, 3], padding: .same), .activation(.sigmoid),
        conv(5, [4, 4], strides: [2, 2], padding: .same), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "17 and 33 channels", image(6, 6, 17),
      [
        conv(33, [3, 3]), .activation(.relu), conv(16, [2, 2]), .flatten, dense(11), softmax,
      ]),
    NetworkCase(
      "few channels between convolutions", image(8, 8, 1),
      [
        conv(6, [3, 3]), .activation(.relu), conv(16, [3, 2], padding: .same), .activation(.tanh),
        pool([2, 2]), conv(3, [2, 2], useBias: false), conv(12, [1, 1]), .flatten, dense(4),
        softmax,
      ]),
    NetworkCase(
      "overlapping pooling, same padding", image(8, 7, 2),
      [
        conv(4, [1, 1]), pool([3, 3], strides: [2, 2], padding: .same), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "pooling first", image(6, 6, 1),
      [
        pool([2, 2]), conv(4, [2, 2]), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "pooling first, 3 channels", image(6, 6, 3),
      [
        pool([2, 2]), conv(16, [2, 2]), .flatten, dense(3), softmax,
      ]),
    NetworkCase(
      "dropout of images", image(6, 6, 3),
      [
        conv(20, [3, 3]), .activation(.tanh), .dropout(rate: 0.3), conv(6, [2, 2]),
        .activation(.sigmoid), .dropout(rate: 0.25), .flatten, .dropout(rate: 0.5), dense(4),
        softmax,
      ]),
    NetworkCase(
      "activations of images and vectors, unfused", image(5, 5, 2),
      [
        conv(3, [2, 2]), pool([2, 2]), .activation(.tanh), .flatten, .activation(.sigmoid),
        .activation(.tanh), dense(7), .activation(.sigmoid), .activation(.relu), dense(3), softmax,
      ]),
    NetworkCase(
      "softmax inside, of images and vectors", image(5, 5, 2),
      [
        conv(6, [2, 2]), softmax, .flatten, dense(8), softmax, dense(3), softmax,
      ]),
    NetworkCase(
      "softmax of flattened images, then dense", image(4, 4, 2),
      [
        conv(5, [3, 3]), .flatten, softmax, dense(3), softmax,
      ]),
    NetworkCase(
      "no dense layer", image(6, 6, 1),
      [
        conv(16, [3, 3]), .activation(.relu), conv(3, [4, 4]), .flatten, softmax,
      ]),
    NetworkCase(
      "flattened image as classes", image(4, 4, 1),
      [
        conv(3, [3, 3]), .flatten, softmax,
      ]),
    NetworkCase(
      "relu, then dropout, then relu", image(3, 3, 1),
      [
        .flatten, dense(16), .activation(.relu), .dropout(rate: 0.5), .activation(.relu), dense(2),
        softmax,
      ]),
    NetworkCase(
      "large dense kernels, of an image and of a vector", image(8, 8, 1),
      [
        conv(16, [3, 3]), .activation(.relu), .flatten, dense(20), .activation(.tanh), dense(500),
        dense(3, useBias: false), softmax,
      ]),
    NetworkCase("256 classes", image(3, 3, 1), [.flatten, dense(256), softmax]),
  ]
}
