import Diagnostics
import Documents
import Glibc
import Specs
import Tensors

/// Crossentropy in which images that are easy count less.
///
///     -Σ alpha · (1 - p)^gamma · target · log p
package struct CategoricalFocalCrossentropy: LossSpec {
  package static let type = "focal"
  package static let summary = "Crossentropy in which images that are easy count less."
  package static let source: String? = "Lin and others 2018; Keras's CategoricalFocalCrossentropy"
  package static let otherNames = ["categorical_focal_crossentropy", "focal_loss"]

  @Field("Factor of the loss.", .greaterThan(0)) package var alpha: FocalFactor = 0.25
  @Field("How much less easy images count; 0 for all alike.", .atLeast(0)) package var gamma = 2.0
  package var settings = TargetSettings()

  package init() {}

  package var plainFunction: any LossFunction {
    FocalCrossentropy(alpha: alpha.value, gamma: gamma)
  }
}

/// The factor of a focal loss. In Keras it may be a list, which is a class weight here.
package struct FocalFactor: SpecValue, Hashable, Bounded, ExpressibleByFloatLiteral {
  package let value: Double

  package init(floatLiteral value: Double) { self.value = value }

  package static var schema: Schema { Double.schema }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> FocalFactor? {
    if case .list = node.kind {
      reportWrongType(
        node, &diagnostics,
        hint: "'class_weight: […]' has a factor for each class, with 'alpha: 1' beside it")
      return nil
    }
    return Double.decode(node, &diagnostics).map { FocalFactor(floatLiteral: $0) }
  }

  package var tree: PlainValue { value.tree }
  package var bounded: [Double] { [value] }
}

private struct FocalCrossentropy: LossFunction {
  let alpha: Double
  let gamma: Double

  func callAsFunction(
    _ logarithms: UnsafeBufferPointer<Double>, targets: UnsafeBufferPointer<Float>,
    slopes: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    var loss = 0.0
    for index in logarithms.indices {
      slopes[index] = 0
      let target = alpha * Double(targets[index])
      let logarithm = logarithms[index]
      // 1 - p, exact where p is near 1.
      let rest = -expm1(logarithm)
      guard target != 0, rest > 0 || gamma == 0 else { continue }
      let factor = pow(rest, gamma)
      loss -= target * factor * logarithm
      let slopeOfFactor = gamma == 0 ? 0 : -gamma * factor / rest * exp(logarithm)
      slopes[index] = -target * (factor + slopeOfFactor * logarithm)
    }
    return loss
  }
}
