import Diagnostics
import Specs
import Tensors

/// The fields of every optimizer beside its rule: decoupled weight decay and clipping, as in Keras.
package struct UpdateSettings: FieldGroup {
  @Field package var weightDecay: Double
  @Field("Parameters that weight decay leaves alone, such as [bias, normalization].")
  package var excludeFromWeightDecay: [Parameter.Role] = []
  @Field("Gradients are scaled down so that their norm is at most this.", .greaterThan(0))
  package var globalClipnorm: Double?
  @Field("Each gradient is brought into ± this.", .greaterThan(0)) package var clipvalue: Double?

  package init() { self.init(weightDecay: 0) }

  init(weightDecay: Double) {
    _weightDecay = Field(
      wrappedValue: weightDecay,
      "Each step first takes this share, times the learning rate, off each parameter.", .atLeast(0))
  }

  /// `rule` with weight decay and clipping.
  func applied(to rule: any UpdateRule) -> any UpdateRule {
    DecayingRule(
      rule: rule, decay: Float(weightDecay), excluded: Set(excludeFromWeightDecay),
      clipping: GradientClipping(
        globalNorm: globalClipnorm.map(Float.init), value: clipvalue.map(Float.init)))
  }
}

extension Parameter.Role: SpecValue {
  package static var otherValues: OtherNames {
    [
      "normalization": ["norm", "gamma", "beta"]
    ]
  }
}

/// A rule before which parameters shrink, and whose gradients are clipped.
///
///     parameter -= parameter · decay · rate
private struct DecayingRule: UpdateRule {
  let rule: any UpdateRule
  let decay: Float
  let excluded: Set<Parameter.Role>
  let clipping: GradientClipping

  var slotCount: Int { rule.slotCount }

  func needsWhole(_ parameter: Parameter) -> Bool { rule.needsWhole(parameter) }

  func update(_ slice: ParameterSlice, _ step: UpdateStep) {
    if decay > 0, !excluded.contains(slice.parameter.role) {
      let values = slice.values
      let rate = Float(step.rates.learningRate)
      for index in 0..<slice.count { values[index] -= values[index] * decay * rate }
    }
    rule.update(slice, step)
  }
}
