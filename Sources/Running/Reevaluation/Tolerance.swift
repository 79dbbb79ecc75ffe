import Tensors

/// The differences allowed between CPU models and library versions: the last digits only. In bfloat16 the last digit is
/// 2⁻⁸ of a number.
struct Tolerance {
  let ofScores: Double
  let ofProbabilities: Float

  init(_ precision: Precision) {
    switch precision {
    case .float32:
      ofScores = 1e-5
      ofProbabilities = 1e-4
    case .bfloat16:
      ofScores = 5e-3
      ofProbabilities = 5e-2
    }
  }
}
