internal import COneDNN
import Tensors

/// The inputs of a dense layer and the gradients that come back to it, for all images of a batch, side by side.
///
/// The gradient of a large kernel is computed from it over the whole batch at once, in pieces of rows. Lanes with a
/// gradient each would cost more to write and to add up than to compute.
// Unchecked: lanes write disjoint rows, and are read after a barrier.
final class BatchRows: @unchecked Sendable {
  let inputCount: Int
  let outputCount: Int
  private var inputs: Storage
  private var gradients: Storage

  init(_ size: Size) throws {
    inputCount = size.inputs
    outputCount = size.outputs
    inputs = try Storage(count: 0)
    gradients = try Storage(count: 0)
  }

  struct Size: Sendable {
    let inputs: Int
    let outputs: Int
  }

  /// Makes room for `count` images.
  func reserve(_ count: Int) throws {
    guard inputs.count < count * inputCount else { return }
    inputs = try Storage(count: count * inputCount)
    gradients = try Storage(count: count * outputCount)
  }

  /// Keeps a lane's inputs and the gradients of its outputs, a row for each image.
  func put(
    _ lane: Lane, inputs: UnsafePointer<Float>, gradients: UnsafePointer<Float>
  ) {
    let first = lane.number * lane.propagation.laneSize
    let count = lane.samples.count
    Elementwise.copy(
      inputs, to: self.inputs.floats + first * inputCount, count: count * inputCount)
    Elementwise.copy(
      gradients, to: self.gradients.floats + first * outputCount, count: count * outputCount)
  }

  /// Writes the rows `rows` of the kernel's gradient, from `count` images.
  func writeGradient(
    rows: Range<Int>, of count: Int, to gradient: UnsafeMutablePointer<Float>
  ) throws {
    let status = exp_multiply(
      inputs.floats + rows.lowerBound, true, Int64(inputCount), gradients.floats, false,
      Int64(outputCount), gradient, Int64(rows.count), Int64(count), Int64(outputCount))
    try OneDNNError.check(status, "multiply matrices", for: "the gradient of a dense layer")
  }
}
