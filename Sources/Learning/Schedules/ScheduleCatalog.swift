import Specs
import Tensors

/// How the learning rate changes in training, as a spec declares it. It is a pure function of the step.
public protocol ScheduleSpec: Spec {
  /// The learning rates that it names, under the key where they stand: one, or a list.
  var stated: (key: String, rates: [Double]) { get }
  /// How the learning rate rises before the schedule begins.
  var warmup: Warmup { get }
  /// Whether it sets the momentum too.
  var setsMomentum: Bool { get }
  /// The rates of step number `step`, from 0, of training of a length. Neither counts the warmup.
  func callAsFunction(_ step: Int, in length: TrainingLength) -> StepRates
  /// Reports what doesn't fit training of a length, which doesn't count the warmup.
  func validate(in length: TrainingLength, at node: Node?, _ diagnostics: inout Diagnostics)
}

extension ScheduleSpec {
  public var setsMomentum: Bool { false }

  public func validate(
    in length: TrainingLength, at node: Node?, _ diagnostics: inout Diagnostics
  ) {}
}

/// Every schedule that a spec may name.
public enum ScheduleCatalog: Catalog {
  public typealias Member = any ScheduleSpec
  public static let noun = "schedule"
  public static let all: [any Spec.Type] = [
    ConstantRate.self, PiecewiseConstant.self, ExponentialDecay.self, CosineDecay.self,
    PolynomialDecay.self, OneCycle.self,
  ]
}

/// What every schedule may begin with.
public struct Warmup: FieldGroup {
  @Field(
    "Steps or epochs in which the rate first rises from 0 in a line; all else counts from its end.",
    key: "warmup", .atLeast(0))
  public var duration: StepCount = 0

  public init() {}
}
