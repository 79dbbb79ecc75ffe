import Specs
import Tensors

/// Steps along the nearest orthogonal matrix to the momentum.
///
///     momentum = momentum · decay + gradient
///     parameter -= rate · rms_rate · √(longer side) · orthogonal(gradient + decay · momentum)
///
/// It is for matrices: the kernels of dense layers and, where `convolutions` says so, those of convolutions as matrices
/// of (height · width · input channels) × output channels. Everything else is updated as by Adam, with the same rate
/// and a weight decay of its own.
package struct Muon: OptimizerSpec {
  package static let type = "muon"
  package static let summary = "Steps along orthogonal matrices for kernels, Adam for the rest."
  package static let source: String? = "Jordan and others 2024; the Muon of Keras 3.15"

  @Field("Size of a step, or a schedule of it.", example: "0.001", .greaterThan(0))
  package var learningRate: LearningRate = 0.001
  @Field("Decay of the momentum of matrices, per step.", .range(0..<1)) package var momentum = 0.95
  @Field("Whether the gradient is taken as if the momentum's step were done (Nesterov).")
  package var nesterov = true
  @Field("Iterations that make a matrix orthogonal.", .atLeast(1), .atMost(100)) package
    var nsSteps =
    5
  @Field(
    "Size of a matrix's step per parameter, so that it is like Adam's; null for the plain matrix.",
    .greaterThan(0))
  package var rmsRate: Double? = 0.2
  @Field("Whether kernels of convolutions are matrices too (not so in Keras).")
  package var convolutions = false
  @Field(
    "Decay of the mean of the gradient, where Adam is used.", key: "adam_beta_1", .range(0..<1))
  package var adamBeta1 = 0.9
  @Field("Decay of the mean of its square, where Adam is used.", key: "adam_beta_2", .range(0..<1))
  package var adamBeta2 = 0.999
  @Field("Added to Adam's root, against division by zero.", .atLeast(1e-12))
  package var epsilon = 1e-7
  @Field("Weight decay where Adam is used.", .atLeast(0)) package var adamWeightDecay = 0.004
  package var settings = UpdateSettings(weightDecay: 0.004)

  package init() {}

  package var learningRateField: Field<LearningRate> { $learningRate }

  package var hasWeightDecay: Bool { settings.weightDecay > 0 || adamWeightDecay > 0 }

  package var updateRule: any UpdateRule {
    var adamSettings = settings
    adamSettings.weightDecay = adamWeightDecay
    return MuonRule(
      matrices: settings.applied(
        to: OrthogonalRule(
          momentum: momentum, isNesterov: nesterov, iterations: nsSteps,
          size: rmsRate.map { Float($0) })),
      others: adamSettings.applied(
        to: AdamRule(beta1: adamBeta1, beta2: adamBeta2, epsilon: epsilon)),
      takesConvolutions: convolutions)
  }
}

/// One rule for matrices, another one for all else.
private struct MuonRule: UpdateRule {
  let matrices: any UpdateRule
  let others: any UpdateRule
  let takesConvolutions: Bool

  var slotCount: Int { max(matrices.slotCount, others.slotCount) }
  var clipping: GradientClipping { matrices.clipping }

  func needsWhole(_ parameter: Parameter) -> Bool {
    parameter.role == .kernel && (parameter.shape.count == 2 || takesConvolutions)
  }

  func update(_ slice: ParameterSlice, _ step: UpdateStep) {
    (needsWhole(slice.parameter) ? matrices : others).update(slice, step)
  }
}

private struct OrthogonalRule: UpdateRule {
  let momentum: Double
  let isNesterov: Bool
  let iterations: Int
  let size: Float?
  let slotCount = 1

  func update(_ slice: ParameterSlice, _ step: UpdateStep) {
    let count = slice.count
    precondition(count == slice.parameter.count, "a part of a matrix cannot be made orthogonal")
    let (values, gradients, momenta) = (slice.values, slice.gradients, slice.slots[0])
    let decay = Float(step.rates.momentum ?? momentum)
    for index in 0..<count {
      momenta[index] = decay * momenta[index] + gradients[index]
      gradients[index] = isNesterov ? gradients[index] + decay * momenta[index] : momenta[index]
    }
    let columns = slice.parameter.shape.last ?? 1
    let matrix = Matrix(numbers: gradients, rows: count / columns, columns: columns)
    matrix.makeOrthogonal(iterations: iterations, step.matrices)
    let longerSide = Float(max(matrix.rows, matrix.columns))
    let rate = Float(step.rates.learningRate) * (size.map { longerSide.squareRoot() * $0 } ?? 1)
    for index in 0..<count { values[index] -= rate * gradients[index] }
  }
}

/// A row-major matrix that is changed in place.
private struct Matrix {
  let numbers: UnsafeMutablePointer<Float>
  let rows: Int
  let columns: Int

  /// Brings all singular values near 1: Newton and Schulz's iteration, with the coefficients that Muon takes.
  ///
  ///     X ← a·X + (b·A + c·A²)·X, where A = X·Xᵀ
  ///
  /// For a matrix with more rows than columns, the same with Xᵀ.
  func makeOrthogonal(iterations: Int, _ products: any MatrixProducts) {
    let (a, b, c): (Float, Float, Float) = (3.4445, -4.7750, 2.0315)
    let count = rows * columns
    let isTall = rows > columns
    let side = min(rows, columns)
    var squares = 0.0
    for index in 0..<count { squares += Double(numbers[index]) * Double(numbers[index]) }
    let scale = 1 / (Float(squares.squareRoot()) + 1e-7)
    for index in 0..<count { numbers[index] *= scale }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * side * side + count) { memory in
      guard let gram = memory.baseAddress else { return }
      let (square, change) = (gram + side * side, gram + 2 * side * side)
      for _ in 0..<iterations {
        products.multiply(
          numbers, transposed: isTall, numbers, transposed: !isTall, into: gram, rows: side,
          inner: max(rows, columns), columns: side)
        products.multiply(
          gram, transposed: false, gram, transposed: false, into: square, rows: side, inner: side,
          columns: side)
        for index in 0..<side * side { gram[index] = b * gram[index] + c * square[index] }
        // b·A + c·A² is its own transpose, so it may stand on either side.
        products.multiply(
          isTall ? numbers : gram, transposed: false, isTall ? gram : numbers, transposed: false,
          into: change, rows: rows, inner: side, columns: columns)
        for index in 0..<count { numbers[index] = a * numbers[index] + change[index] }
      }
    }
  }
}
