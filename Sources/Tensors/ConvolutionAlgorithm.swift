/// The algorithm of convolutions with windows of 3×3 and strides of 1; all others are computed as they are defined.
package enum ConvolutionAlgorithm: String, CaseIterable, Sendable {
  /// Winograd's F(4×4, 3×3), where the shapes suit it: a quarter to half as many multiplications, with factors that are sums.
  /// Results are off by some ten times as much rounding.
  case winograd
  /// By the definition.
  case direct
}
