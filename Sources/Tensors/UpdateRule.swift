/// How an optimizer changes parameters, one number at a time, so that any slice can be updated by any worker.
public protocol UpdateRule: Sendable {
  /// Numbers of state kept beside each parameter, all 0 at the start.
  var slotCount: Int { get }

  /// Updates `count` parameters in place.
  ///
  /// - Parameters:
  ///   - parameters: the values to change.
  ///   - gradients: the gradient of the batch's mean loss for each.
  ///   - slots: `slotCount` arrays of state, each as long as `parameters`.
  ///   - learningRate: the rate for this step.
  ///   - step: this step's number, from 1.
  func update(
    _ parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    slots: [UnsafeMutablePointer<Float>], count: Int, learningRate: Float, step: Int)
}
