import Tensors

/// Leaves parameters as they are: for programs that are only asked for gradients.
public struct NoUpdate: UpdateRule {
  public let slotCount = 0

  public init() {}

  public func update(_ slice: ParameterSlice, _ step: UpdateStep) {}
}
