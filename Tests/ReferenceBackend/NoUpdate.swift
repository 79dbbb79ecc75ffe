import Tensors

/// Leaves parameters as they are: for programs that are only asked for gradients.
package struct NoUpdate: UpdateRule {
  package let slotCount = 0

  package init() {}

  package func update(_ slice: ParameterSlice, _ step: UpdateStep) {}
}
