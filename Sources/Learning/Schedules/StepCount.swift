import Diagnostics
import Documents
import Specs

/// A part of training: a number of steps, as Keras counts, or of epochs, as in `2 epochs`.
package enum StepCount: SpecValue, Hashable, ExpressibleByIntegerLiteral {
  case steps(Int)
  case epochs(Double)

  package init(integerLiteral steps: Int) { self = .steps(steps) }

  /// The number of steps in training of a length: a whole number.
  package func steps(in length: TrainingLength) -> Int {
    switch self {
    case .steps(let count): count
    case .epochs(let count):
      // Sizes that no training reaches would not fit an Int.
      Int(min((count * Double(length.stepsPerEpoch)).rounded(), 1e15))
    }
  }

  package static var schema: Schema {
    .described(
      "a number of steps, or of epochs as in '2 epochs'",
      .alternatives([
        .wholeNumber(),
        .text(
          matching: "^ *([-+]?[0-9]+ +steps?|[-+.eE0-9]+ +epochs?) *$", examples: "1 epoch",
          "2.5 epochs",
          "100 steps"),
      ]))
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> StepCount? {
    var unreported = Diagnostics()
    if let count = Int.decode(node, &unreported) { return .steps(count) }
    let words = (node.text ?? "").split(separator: " ")
    if words.count == 2 {
      let count = Node(.scalar(String(words[0]), isPlain: true), at: node.location)
      switch words[1] {
      case "step", "steps": return Int.decode(count, &diagnostics).map(StepCount.steps)
      case "epoch", "epochs": return Double.decode(count, &diagnostics).map(StepCount.epochs)
      default: break
      }
    }
    reportWrongType(node, &diagnostics, hint: unreported.all.first?.hint)
    return nil
  }

  package var tree: PlainValue {
    if case .steps(let count) = self { .integer(count) } else { .string(description) }
  }
}

extension StepCount: CustomStringConvertible {
  /// As a spec has it: `100`, `2.5 epochs`.
  package var description: String {
    switch self {
    case .steps(let count): "\(count)"
    case .epochs(1): "1 epoch"
    case .epochs(let count): "\(Int(exactly: count).map { "\($0)" } ?? "\(count)") epochs"
    }
  }
}

extension StepCount: Bounded {
  package var bounded: [Double] {
    switch self {
    case .steps(let count): [Double(count)]
    case .epochs(let count): [count]
    }
  }
}

/// The planned length of training.
package struct TrainingLength: Hashable, Sendable {
  package let epochs: Int
  package let stepsPerEpoch: Int
  /// Steps at its start that are not counted.
  let stepsBefore: Int

  package init(epochs: Int, stepsPerEpoch: Int) {
    self.init(epochs: epochs, stepsPerEpoch: stepsPerEpoch, stepsBefore: 0)
  }

  private init(epochs: Int, stepsPerEpoch: Int, stepsBefore: Int) {
    self.epochs = epochs
    self.stepsPerEpoch = stepsPerEpoch
    self.stepsBefore = stepsBefore
  }

  /// All steps: one at least.
  package var steps: Int {
    let (product, isTooLarge) = epochs.multipliedReportingOverflow(by: stepsPerEpoch)
    return max(1, (isTooLarge ? .max : product) - stepsBefore)
  }

  /// For messages about numbers of steps.
  var hint: String {
    "an epoch has \(stepsPerEpoch == 1 ? "1 step" : "\(stepsPerEpoch) steps")"
  }

  /// The rest of it after some steps.
  func after(_ steps: Int) -> TrainingLength {
    TrainingLength(epochs: epochs, stepsPerEpoch: stepsPerEpoch, stepsBefore: steps)
  }
}
