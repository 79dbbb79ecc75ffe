import Diagnostics
import Specs
import Tensors

/// The course of the learning rate in training, as a spec declares it. It is a pure function of the step.
package protocol ScheduleSpec: Spec {
  /// The learning rates that it names.
  var stated: [StatedRate] { get }
  /// The rise of the learning rate before the schedule begins.
  var warmup: Warmup { get }
  /// True if it sets the momentum too.
  var setsMomentum: Bool { get }
  /// The rates of step number `step`, from 0, of training of a length. Neither counts the warmup.
  func callAsFunction(_ step: Int, in length: TrainingLength) -> StepRates
  /// The steps that it depends on, in training of a length, which doesn't count the warmup.
  func points(in length: TrainingLength) -> [SchedulePoint]
  /// Reports what doesn't fit training of a length, which doesn't count the warmup.
  func validate(in length: TrainingLength, _ diagnostics: inout Diagnostics)
}

extension ScheduleSpec {
  package static var otherKeys: OtherNames {
    [
      "learning_rate": ["lr", "eta", "alpha"],
      "max_learning_rate": ["lr", "learning_rate", "max_lr"],
      "initial_learning_rate": ["lr", "learning_rate", "initial_lr", "base_lr", "max_lr"],
      "end_learning_rate": ["end_lr", "eta_min", "min_lr"],
      "alpha": ["eta_min", "min_lr"],
      "boundaries": ["milestones"],
      "decay_rate": ["gamma"],
      "decay_steps": [
        "decay_epochs", "step_size", "first_decay_steps", "t_max", "t_0", "total_iters",
      ],
      "t_mul": ["t_mult"],
      "total_steps": ["max_steps"],
      "warmup": ["warmup_steps", "warmup_epochs", "num_warmup_steps", "warmup_iters"],
    ]
  }

  package static var foreignKeys: [String: String] {
    [
      "warmup_target": "the warmup rises to the schedule's first learning rate"
    ]
  }

  package var setsMomentum: Bool { false }
  package func points(in length: TrainingLength) -> [SchedulePoint] { [] }

  package func validate(in length: TrainingLength, _ diagnostics: inout Diagnostics) {}
}

/// A step at which a schedule changes the rate, or comes to an end.
package struct SchedulePoint: Sendable {
  /// The field that sets it, its value, and its place.
  let key: String
  let text: String
  let location: Location?
  /// The number of steps that training must have for it to matter.
  let steps: Int

  init(_ key: String, _ count: StepCount, at location: Location?, steps: Int) {
    self.key = key
    self.text = count.description
    self.location = location
    self.steps = steps
  }
}

extension ScheduleSpec {
  /// The point at the end of a period; none if that is as long as training.
  func end(
    _ key: String, _ count: StepCount?, at location: Location?, in length: TrainingLength
  ) -> [SchedulePoint] {
    guard let count else { return [] }
    return [SchedulePoint(key, count, at: location, steps: count.steps(in: length))]
  }
}

/// A learning rate that a schedule names.
package struct StatedRate: Sendable {
  package let rate: Double
  /// Its place; nil if it was set by code.
  package let location: Location?

  init(_ rate: Double, at location: Location?) {
    self.rate = rate
    self.location = location
  }

  init(_ field: Field<Double>) { self.init(field.wrappedValue, at: field.location) }
}

/// Every schedule that a spec may name.
package enum ScheduleCatalog: Catalog {
  package typealias Member = any ScheduleSpec
  package static let noun = "schedule"
  package static var foreignNames: [String: String] {
    let steps =
      "write 'learning_rate: {type: exponential_decay, initial_learning_rate: …, decay_steps: 10 epochs, "
      + "decay_rate: 0.1, staircase: true}' for a tenth after each 10 epochs"
    return ["StepLR": steps, "step_decay": steps, "step": steps]
  }
  package static let all: [any Spec.Type] = [
    ConstantRate.self, PiecewiseConstant.self, ExponentialDecay.self, InverseTimeDecay.self,
    CosineDecay.self, PolynomialDecay.self, OneCycle.self,
  ]
}

/// The fields of the warmup that every schedule may begin with.
package struct Warmup: FieldGroup {
  @Field(
    "Steps or epochs in which the rate first rises from 0 in a line; all else counts from its end.",
    key: "warmup", .atLeast(0))
  package var duration: StepCount = 0

  package init() {}
}
