import Diagnostics
import Specs
import Tensors

/// The way parameters are updated, as a spec declares it.
package protocol OptimizerSpec: Spec {
  /// Size of a step.
  var learningRate: LearningRate { get }
  /// The field of that, which knows its place.
  var learningRateField: Field<LearningRate> { get }
  /// Weight decay and clipping.
  var settings: UpdateSettings { get }
  /// True if any parameter is subject to weight decay.
  var hasWeightDecay: Bool { get }
  /// True if it has a momentum (or `beta_1`) that a schedule can set.
  var hasMomentum: Bool { get }
  /// The rule that backends apply to every parameter.
  var updateRule: any UpdateRule { get }
  /// The largest learning rate with which a network learns anything.
  static var largestRate: Double { get }
}

extension OptimizerSpec {
  package static var otherKeys: OtherNames {
    [
      "learning_rate": ["lr", "eta", "alpha"],
      "weight_decay": ["l2"],
      "momentum": ["ema_momentum", "ema_decay"],
      "epsilon": ["eps"],
      "global_clipnorm": [
        "clipnorm", "max_norm", "max_grad_norm", "gradient_clip_val", "grad_clip",
      ],
      "exclude_from_weight_decay": ["no_decay"],
    ]
  }

  package static var foreignKeys: [String: String] {
    [
      "use_ema": "add the callback 'exponential_moving_average'",
      "betas": "PyTorch's 'betas: [a, b]' is 'beta_1: a, beta_2: b'",
      "decay":
        "Keras's old 'decay: d' is a schedule, 'learning_rate: {type: inverse_time_decay, initial_learning_rate: …, "
        + "decay_steps: 1, decay_rate: d}'; what shrinks weights is 'weight_decay'",
    ]
  }

  package static var largestRate: Double { 10 }
  package var hasWeightDecay: Bool { settings.weightDecay > 0 }
  package var hasMomentum: Bool { true }

  package func validate(_ diagnostics: inout Diagnostics) { validateShared(&diagnostics) }

  /// Reports settings of all optimizers that do nothing, or cannot be followed.
  func validateShared(_ diagnostics: inout Diagnostics) {
    if !hasWeightDecay, !settings.excludeFromWeightDecay.isEmpty {
      diagnostics.error(
        .noWeightDecay, "'exclude_from_weight_decay' does nothing without weight decay",
        at: settings.$excludeFromWeightDecay.location,
        hint: "add 'weight_decay: 0.004', or leave it out")
    }
    guard learningRate.schedule.setsMomentum, !hasMomentum else { return }
    diagnostics.error(
      .noMomentum,
      "'\(Swift.type(of: learningRate.schedule).type)' changes the momentum too, but this '\(Self.type)' has none to change",
      at: learningRateField.location,
      hint: "add 'cycle_momentum: false' to the schedule")
  }
}

/// Every optimizer that a spec may name.
package enum OptimizerCatalog: Catalog {
  package typealias Member = any OptimizerSpec
  package static let noun = "optimizer"
  package static let foreignNames = [
    "radam": "'adam' with 'warmup' in the schedule of its learning rate comes near to it"
  ]
  package static let all: [any Spec.Type] = [
    SGD.self, Adam.self, AdamW.self, Nadam.self, Adamax.self, RMSprop.self, Adagrad.self,
    Adadelta.self, Lion.self, Muon.self,
  ]
}
