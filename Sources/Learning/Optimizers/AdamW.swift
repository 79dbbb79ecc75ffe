import Specs
import Tensors

/// `Adam` with another default of `weight_decay`.
public struct AdamW: OptimizerSpec {
  public static let type = "adamw"
  public static let summary = "Adam with weight decay."
  public static let source: String? = "Loshchilov and Hutter 2019; Keras's AdamW"

  @Field("Size of a step, or a schedule of it.", example: "0.001", .greaterThan(0))
  public var learningRate: LearningRate = 0.001
  public var moments = AdamMoments()
  @Field("Whether steps are scaled by the largest mean of the square so far.")
  public var amsgrad = false
  public var settings = UpdateSettings(weightDecay: 0.004)

  public init() {}

  public var updateRule: any UpdateRule {
    settings.applied(to: AdamRule(moments, amsgrad: amsgrad))
  }
}
