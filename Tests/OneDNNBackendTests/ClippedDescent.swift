import Tensors

/// Plain gradient descent on clipped gradients, which learns kernels in the order in which they are saved, and whole, unless
/// `takesParts`.
struct ClippedDescent: UpdateRule {
  var takesParts = false
  let slotCount = 0
  let clipping = GradientClipping(globalNorm: 0.5, value: 0.1)

  func needsWhole(_ parameter: Parameter) -> Bool {
    !takesParts && parameter.role == .kernel
  }

  func update(_ slice: ParameterSlice, _ step: UpdateStep) {
    for index in 0..<slice.count {
      slice.values[index] -= Float(step.rates.learningRate) * slice.gradients[index]
    }
  }
}
