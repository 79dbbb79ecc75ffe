import Specs
import Tensors

/// `Adam` with another default of `weight_decay`.
package struct AdamW: OptimizerSpec {
  package static let type = "adamw"
  package static let summary = "Adam with weight decay."
  package static let source: String? = "Loshchilov and Hutter 2019; Keras's AdamW"
  package static let largestRate = LearningRate.largestOfNormalizedSteps

  @Field("Size of a step, or a schedule of it.", example: "0.001", .greaterThan(0))
  package var learningRate: LearningRate = 0.001
  package var moments = AdamMoments()
  @Field("Whether steps are scaled by the largest mean of the square so far.")
  package var amsgrad = false
  package var settings = UpdateSettings(weightDecay: 0.004)

  package init() {}

  package var learningRateField: Field<LearningRate> { $learningRate }

  package var updateRule: any UpdateRule {
    settings.applied(to: AdamRule(moments, amsgrad: amsgrad))
  }
}
