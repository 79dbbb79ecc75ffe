import Specs
import Tensors

/// The fields of every loss beside its function: label smoothing and class weights, as in Keras.
///
/// Validation and test know label smoothing, but no class weights.
package struct TargetSettings: FieldGroup {
  @Field("Share of the probability that is wanted evenly of all classes.", .range(0..<1))
  package var labelSmoothing = 0.0
  @Field("How much each class counts in training: a list, a map from classes, or balanced.")
  package var classWeight: ClassWeight?

  package init() {}

  /// `function` of the smoothed targets, times the image's weight.
  func applied(to function: any LossFunction) -> any LossFunction {
    labelSmoothing == 0 && classWeight == nil
      ? function : WeightedLoss(function: function, smoothing: labelSmoothing)
  }
}

/// A loss that counts as often as an image's targets add up to: `WeightedSamples` writes such targets.
///
///     weight = Σ target
///     weight · loss((1 - smoothing) · target ÷ weight + smoothing ÷ classes)
private struct WeightedLoss: LossFunction {
  let function: any LossFunction
  let smoothing: Double

  func callAsFunction(
    _ logarithms: UnsafeBufferPointer<Double>, targets: UnsafeBufferPointer<Float>,
    slopes: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    let weight = targets.reduce(0) { $0 + Double($1) }
    let share = (1 - smoothing) / weight
    let floor = smoothing / Double(targets.count)
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: targets.count) { smoothed in
      for index in targets.indices {
        smoothed[index] = Float(share * Double(targets[index]) + floor)
      }
      let loss = function(logarithms, targets: UnsafeBufferPointer(smoothed), slopes: slopes)
      for index in slopes.indices { slopes[index] *= weight }
      return weight * loss
    }
  }
}
