/// The precision of the products of convolutions and dense layers. All else is float32: sums within a product,
/// normalizations, the loss, gradients of weights, and the weights as they are learned. So are convolutions for which a
/// backend has nothing faster, and products over a whole batch.
package enum Precision: String, CaseIterable, Sendable {
  /// 24 bits for the digits, 8 for the exponent.
  case float32
  /// 8 bits for the digits, 8 for the exponent: the upper half of a float32.
  case bfloat16

  /// The support of a machine for one of them.
  package enum Support: Sendable {
    case none
    /// By other means than instructions for it, which takes longer than in float32.
    case emulated
    /// By instructions for products of vectors, but not of matrices: most networks take longer than in float32.
    case vectors
    case full
  }
}
