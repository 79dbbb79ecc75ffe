import Specs
import Tensors

/// -log of the probability of the image's class, as Keras's `CategoricalCrossentropy`.
///
/// The softmax before it is computed together with it, so there is no smallest probability to clip at.
public struct CategoricalCrossentropy: LossSpec {
  public static let type = "categorical_crossentropy"
  public static let summary = "Minus the logarithm of the probability of the right class."

  public init() {}

  public var loss: Graph.Loss { .categoricalCrossentropy }
}
