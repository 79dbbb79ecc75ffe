import Diagnostics
import Documents
import Specs
import Tensors

/// The size of steps: a number, or a schedule of it.
package struct LearningRate: SpecValue, Hashable, ExpressibleByFloatLiteral {
  /// A number is a constant schedule.
  package let schedule: any ScheduleSpec

  package init(_ schedule: any ScheduleSpec) { self.schedule = schedule }

  package init(floatLiteral value: Double) { self.init(ConstantRate(value)) }

  /// The rates of step number `step`, from 0, of training of a length.
  ///
  /// In the warmup the learning rate rises in a line from 0, as in Keras's `CosineDecay`, to that of the schedule's
  /// first step, which follows it.
  package func callAsFunction(_ step: Int, in length: TrainingLength) -> StepRates {
    let warmup = schedule.warmup.duration.steps(in: length)
    var rates = schedule(max(0, step - warmup), in: length.after(warmup))
    if step < warmup { rates.learningRate *= Double(step) / Double(warmup) }
    return rates
  }

  /// Reports a warmup that takes all of training, and what else doesn't fit its length.
  package func validate(in length: TrainingLength, _ diagnostics: inout Diagnostics) {
    let warmup = schedule.warmup.duration.steps(in: length)
    guard warmup >= length.steps else {
      return schedule.validate(in: length.after(warmup), &diagnostics)
    }
    diagnostics.error(
      .longWarmup,
      "a warmup of \(warmup) steps takes all of training, which has \(length.steps)",
      at: schedule.warmup.$duration.location, hint: length.hint)
  }

  package static var schema: Schema { .alternatives([.number(), .member(ScheduleCatalog.self)]) }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> LearningRate? {
    if case .scalar(let text, _) = node.kind,
      !ScheduleCatalog.all.contains(where: { $0.type == text })
    {
      var unreported = Diagnostics()
      if let value = Double.decode(node, &unreported) { return LearningRate(ConstantRate(value)) }
      let near = Suggestions.nearest(
        to: text, among: ScheduleCatalog.all.map { $0.type }, ScheduleCatalog.otherNames)
      reportWrongType(
        node, &diagnostics,
        hint: Suggestions.advice(on: text, in: ScheduleCatalog.foreignNames)
          ?? near.map { "did you mean '{type: \($0), …}'?" } ?? unreported.all.first?.hint)
      return nil
    }
    if case .list = node.kind {
      reportWrongType(
        node, &diagnostics,
        hint: "'{type: \(PiecewiseConstant.type), values: […]}' has a rate for each epoch")
      return nil
    }
    return OneOf<ScheduleCatalog>.decode(node, &diagnostics).map { LearningRate($0.value) }
  }

  package var tree: PlainValue {
    number.map(PlainValue.number) ?? OneOf<ScheduleCatalog>(schedule).tree
  }

  package var treeWithoutDefaults: PlainValue {
    number.map(PlainValue.number) ?? OneOf<ScheduleCatalog>(schedule).treeWithoutDefaults
  }

  /// The number, if it is the same throughout.
  private var number: Double? {
    guard let constant = schedule as? ConstantRate, constant.warmup.duration == 0 else {
      return nil
    }
    return constant.learningRate
  }

  package static func == (left: Self, right: Self) -> Bool { left.tree == right.tree }
  package func hash(into hasher: inout Hasher) { hasher.combine(tree.canonicalJSON) }
}

extension LearningRate: Bounded {
  /// A schedule checks its own numbers.
  package var bounded: [Double] { number.map { [$0] } ?? [] }
}
