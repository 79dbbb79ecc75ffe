extension Metric {
  /// The mean over the samples of the function that training minimizes.
  package static let loss = Metric(
    "loss", "The mean of the loss over the images.", higherIsBetter: false, range: .nonNegative,
    value: .counts(\.loss))
}
