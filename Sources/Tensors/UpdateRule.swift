/// The way an optimizer changes parameters: slice by slice, so that any worker can take any slice.
package protocol UpdateRule: Sendable {
  /// Numbers of state kept beside each parameter, all 0 at the start.
  var slotCount: Int { get }

  /// The limits to the gradients of the whole batch before they are used.
  var clipping: GradientClipping { get }

  /// True if `parameter` must come to `update` in one piece, in the order of its shape, not in slices of any order.
  func needsWhole(_ parameter: Parameter) -> Bool

  /// Updates the parameters of `slice` in place.
  func update(_ slice: ParameterSlice, _ step: UpdateStep)
}

extension UpdateRule {
  package var clipping: GradientClipping { GradientClipping() }
  package func needsWhole(_ parameter: Parameter) -> Bool { false }

  /// True if the update of `parameter`, or its constraint, takes it in one piece.
  package func needsWholeToChange(_ parameter: Parameter) -> Bool {
    needsWhole(parameter) || parameter.constraint?.needsWhole ?? false
  }
}

/// Some numbers of one parameter, in no known order unless the rule `needsWhole` it.
package struct ParameterSlice {
  /// The parameter that they are part of.
  package let parameter: Parameter
  /// The numbers to change.
  package let values: UnsafeMutablePointer<Float>
  /// The gradient of the batch's mean loss for each, regularizers included and clipped; may be overwritten.
  package let gradients: UnsafeMutablePointer<Float>
  /// The rule's state: `slotCount` arrays.
  package let slots: [UnsafeMutablePointer<Float>]
  /// Length of each of these arrays.
  package let count: Int

  package init(
    of parameter: Parameter, values: UnsafeMutablePointer<Float>,
    gradients: UnsafeMutablePointer<Float>, slots: [UnsafeMutablePointer<Float>], count: Int
  ) {
    self.parameter = parameter
    self.values = values
    self.gradients = gradients
    self.slots = slots
    self.count = count
  }
}

/// The numbers that a step of training depends on.
package struct UpdateStep: Sendable {
  /// From 1.
  package let number: Int
  package let rates: StepRates
  /// Products of matrices, for rules that need them.
  package let matrices: any MatrixProducts

  package init(number: Int, rates: StepRates, matrices: any MatrixProducts) {
    self.number = number
    self.rates = rates
    self.matrices = matrices
  }
}

/// The rates that schedules set for one step.
package struct StepRates: Hashable, Sendable {
  package var learningRate: Double
  /// Replaces the optimizer's own `momentum` (or `beta_1`); nil leaves it.
  package var momentum: Double?

  package init(learningRate: Double, momentum: Double? = nil) {
    self.learningRate = learningRate
    self.momentum = momentum
  }
}

/// The limits to a batch's gradients before an update; both are applied in this order.
package struct GradientClipping: Hashable, Sendable {
  /// Gradients are scaled down so that the norm over all parameters is at most this.
  package var globalNorm: Float?
  /// Each is brought into ± this.
  package var value: Float?

  package init(globalNorm: Float? = nil, value: Float? = nil) {
    self.globalNorm = globalNorm
    self.value = value
  }
}

/// Products of row-major matrices.
package protocol MatrixProducts: Sendable {
  /// `result` = a · b, or with either of them transposed. `result` has `rows` × `columns` numbers; the sum is over
  /// `inner` products.
  func multiply(
    _ a: UnsafePointer<Float>, transposed aIsTransposed: Bool, _ b: UnsafePointer<Float>,
    transposed bIsTransposed: Bool, into result: UnsafeMutablePointer<Float>, rows: Int,
    inner: Int, columns: Int)
}
