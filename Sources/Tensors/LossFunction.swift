/// A function that training minimizes: the mean over a batch's images of a number that is the smaller the better the
/// probabilities fit the targets.
///
/// It is a function of the logarithms of the class probabilities, which a final softmax gives exactly, however small
/// they are.
package protocol LossFunction: Sendable {
  /// The loss of one image.
  ///
  /// - Parameters:
  ///   - logarithms: log p of each class.
  ///   - targets: what p should be: 1 for the image's class and 0 elsewhere, or shares that add up to 1. Where images
  ///     have weights, all of that times the image's weight.
  ///   - slopes: where the derivative of the loss by each log p goes, each log p taken as free.
  func callAsFunction(
    _ logarithms: UnsafeBufferPointer<Double>, targets: UnsafeBufferPointer<Float>,
    slopes: UnsafeMutableBufferPointer<Double>
  ) -> Double
}
