import CKernels
import OneDNNBackend
import Tensors

/// The products of matrices that a network's training steps come down to.
struct Products {
  private let graph: Graph

  init(of graph: Graph) { self.graph = graph }

  /// The floating-point operations of a step's products in its convolutions and dense layers, after Winograd's transforms.
  func operations(of steps: Profile.Steps, imageCount: Int) -> Double {
    steps.pieces.reduce(0) { sum, piece in
      let isWinograd = piece.key.kernel?.hasPrefix("winograd") ?? false
      let share = isWinograd ? winogradShare(of: piece.key.layer, steps, imageCount) : 1
      return sum + piece.value.operations * share / Double(steps.count)
    }
  }

  /// The operations that are left of a convolution's, of whose result a square part is computed.
  private func winogradShare(
    of layer: String?, _ steps: Profile.Steps, _ imageCount: Int
  ) -> Double {
    guard let node = graph.nodes.first(where: { $0.layer == layer && $0.isConvolution }),
      case .convolution2D(_, let window, _, _) = node.operation
    else { preconditionFailure("a convolution without a layer") }
    let operations = node.operation.floatingPointOperations(
      for: node.inputs.map { graph.nodes[$0].shape })
    let forward = steps.pieces.first { $0.key.layer == layer && $0.key.work == .forward }
    let done = (forward?.value.operations ?? 0) / Double(steps.count * imageCount * operations)
    let area = done * Double(node.shape.height * node.shape.width)
    // Results that are no square are none of the networks'.
    let side = Int64(area.squareRoot().rounded())
    var shape = exp_convolution()
    shape.rows.1 = side
    shape.columns.1 = side
    shape.size = (Int64(window.size.x), Int64(window.size.y))
    shape.strides = (Int64(window.strides.x), Int64(window.strides.y))
    let multiplications = exp_winograd_multiplications(&shape)
    return Double(multiplications) / (area * Double(window.size.x * window.size.y))
  }
}

extension Graph.Node {
  fileprivate var isConvolution: Bool {
    if case .convolution2D = operation { true } else { false }
  }
}
