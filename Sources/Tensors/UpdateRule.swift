/// How an optimizer changes parameters: slice by slice, so that any worker can take any slice.
public protocol UpdateRule: Sendable {
  /// Numbers of state kept beside each parameter, all 0 at the start.
  var slotCount: Int { get }

  /// What is done to the gradients of the whole batch before they are used.
  var clipping: GradientClipping { get }

  /// Whether `parameter` must come to `update` in one piece, in the order of its shape, not in slices of any order.
  func needsWhole(_ parameter: Parameter) -> Bool

  /// Updates the parameters of `slice` in place.
  func update(_ slice: ParameterSlice, _ step: UpdateStep)
}

extension UpdateRule {
  public var clipping: GradientClipping { GradientClipping() }
  public func needsWhole(_ parameter: Parameter) -> Bool { false }
}

/// Some numbers of one parameter, in no known order unless the rule `needsWhole` it.
public struct ParameterSlice {
  /// The parameter that they are part of.
  public let parameter: Parameter
  /// The numbers to change.
  public let values: UnsafeMutablePointer<Float>
  /// The gradient of the batch's mean loss for each, regularizers included and clipped; may be overwritten.
  public let gradients: UnsafeMutablePointer<Float>
  /// The rule's state: `slotCount` arrays.
  public let slots: [UnsafeMutablePointer<Float>]
  /// Length of each of these arrays.
  public let count: Int

  public init(
    of parameter: Parameter, values: UnsafeMutablePointer<Float>,
    gradients: UnsafeMutablePointer<Float>, slots: [UnsafeMutablePointer<Float>], count: Int
  ) {
    (self.parameter, self.values, self.gradients) = (parameter, values, gradients)
    (self.slots, self.count) = (slots, count)
  }
}

/// What a step of training goes by.
public struct UpdateStep: Sendable {
  /// From 1.
  public let number: Int
  public let rates: StepRates
  /// Products of matrices, for rules that need them.
  public let matrices: any MatrixProducts

  public init(number: Int, rates: StepRates, matrices: any MatrixProducts) {
    (self.number, self.rates, self.matrices) = (number, rates, matrices)
  }
}

/// What schedules say for one step.
public struct StepRates: Hashable, Sendable {
  public var learningRate: Double
  /// Replaces the optimizer's own `momentum` (or `beta_1`); nil leaves it.
  public var momentum: Double?

  public init(learningRate: Double, momentum: Double? = nil) {
    (self.learningRate, self.momentum) = (learningRate, momentum)
  }
}

/// What is done to a batch's gradients before an update; both in this order.
public struct GradientClipping: Hashable, Sendable {
  /// Gradients are scaled down so that the norm over all parameters is at most this.
  public var globalNorm: Float?
  /// Each is brought into ± this.
  public var value: Float?

  public init(globalNorm: Float? = nil, value: Float? = nil) {
    (self.globalNorm, self.value) = (globalNorm, value)
  }
}

/// Products of row-major matrices.
public protocol MatrixProducts: Sendable {
  /// `result` = a · b, or with either of them transposed. `result` has `rows` × `columns` numbers; the sum is over
  /// `inner` products.
  func multiply(
    _ a: UnsafePointer<Float>, transposed aIsTransposed: Bool, _ b: UnsafePointer<Float>,
    transposed bIsTransposed: Bool, into result: UnsafeMutablePointer<Float>, rows: Int,
    inner: Int, columns: Int)
}
