import Tensors

/// -Σ target · log p, for networks in tests.
package struct PlainCrossentropy: LossFunction {
  package init() {}

  package func callAsFunction(
    _ logarithms: UnsafeBufferPointer<Double>, targets: UnsafeBufferPointer<Float>,
    slopes: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    var loss = 0.0
    for index in logarithms.indices {
      slopes[index] = -Double(targets[index])
      if targets[index] != 0 { loss -= Double(targets[index]) * logarithms[index] }
    }
    return loss
  }
}
