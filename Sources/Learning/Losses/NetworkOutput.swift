/// What a network has to end in for a loss.
package enum NetworkOutput: Sendable {
  /// A softmax: a probability for each class.
  case softmax
  /// A sigmoid of one value: the probability of the second of two classes.
  case sigmoid
}
