import Learning
import Metrics
import Plans
import Reports
import TextLayout

/// The report of `exp check` on a spec without mistakes: its layers, and the cost of training them.
struct PlanSummary {
  private let plan: ExperimentPlan
  private let threads: Int

  init(_ plan: ExperimentPlan, threads: Int) {
    self.plan = plan
    self.threads = threads
  }

  private var graph: LayerGraph { plan.layers }

  /// The table and the lines below it, at most `width` wide if that can be done.
  func text(width: Int?) -> String {
    let lines = [
      classes, positiveClass, folds, parameters, weights, operations, memory,
    ].compactMap {
      $0?.wrapped(to: width)
    }
    return table.text(width: width) + "\n" + lines.map { $0 + "\n" }.joined()
  }

  /// The number of training images of each class, before any are held out; nil if they are not known without the images.
  private var classes: String? {
    guard let counts = plan.data.classCounts else { return nil }
    let most = 20
    let shown = zip(plan.data.classNames, counts).prefix(most).map {
      "\($0.singleLine): \($1.grouped)"
    }
    return "images of each class, before any are held out: " + shown.joined(separator: ", ")
      + (counts.count > most ? " and \(counts.count - most) more classes" : "")
  }

  /// The one of two classes that scores and a single output are about; nil if there are more.
  private var positiveClass: String? {
    LabelledProbabilities.positiveClass(of: plan.data.classCount).map { label in
      "positive class: \(plan.data.classNames[label].singleLine), the second"
        + (plan.spec.loss.value.output == .sigmoid ? "; the network gives its probability" : "")
    }
  }

  private var table: TextTable {
    let columns: [(column: TextTable.Column, cell: (Int) -> String, total: String)?] = [
      (.init("layer"), { graph.layers[$0].name }, "total"),
      isChain ? nil : (.init("inputs"), inputs, ""),
      (.init("output shape", .right), { graph.layers[$0].outputShape.description }, ""),
      (
        .init("parameters", .right), { graph.layers[$0].parameterCount.grouped },
        graph.parameterCount.grouped
      ),
      graph.frozenParameterCount == 0
        ? nil : (.init("training"), { graph.layers[$0].isFrozen ? "frozen" : "" }, ""),
      plan.initialWeights == nil
        ? nil : (.init("weights"), { plan.origin(of: graph.layers[$0])?.rawValue ?? "" }, ""),
      (
        .init("FLOPs per image", .right), { graph.layers[$0].floatingPointOperations.grouped },
        graph.floatingPointOperations.grouped
      ),
    ]
    let shown = columns.compactMap(\.self)
    return TextTable(
      shown.map(\.column),
      rows: graph.layers.indices.map { layer in shown.map { $0.cell(layer) } }
        + [shown.map(\.total)])
  }

  /// True if each layer takes the result of the one before it, and of no other.
  private var isChain: Bool { graph.layers.indices.dropFirst().allSatisfy(takesTheOneBefore) }

  private func takesTheOneBefore(_ layer: Int) -> Bool { graph.layers[layer].inputs == [layer - 1] }

  /// The names of a layer's inputs, where that is not simply the layer before it.
  private func inputs(of layer: Int) -> String {
    takesTheOneBefore(layer)
      ? "" : graph.layers[layer].inputs.map { graph.layers[$0].name }.joined(separator: ", ")
  }

  /// The folds; nil if there are none.
  private var folds: String? {
    plan.spec.data.folds.map { folds in
      "folds: \(folds.count), each held out once for \(folds.part.rawValue); a run for each fold and seed"
    }
  }

  /// The numbers of trainable and other parameters; nil if all are trainable.
  private var parameters: String? {
    guard graph.learnedParameterCount < graph.parameterCount else { return nil }
    let others = [
      (graph.statisticCount, "moving statistics"), (graph.frozenParameterCount, "frozen"),
    ].filter { $0.0 > 0 }.map { "\($0.grouped) \($1)" }
    return "parameters: "
      + (["\(graph.learnedParameterCount.grouped) trainable"] + others).joined(separator: ", ")
  }

  /// The origin of the parameters; nil if all begin anew.
  private var weights: String? {
    guard let weights = plan.initialWeights, let file = plan.spec.model.weights else { return nil }
    let taken = weights.parameters.entries.reduce(0) { $0 + $1.tensor.values.count }
    let anew = graph.layers.filter { plan.origin(of: $0) == .new }.map(\.name)
    return "weights: \(taken.grouped) from \(file.path.path)"
      + (weights.isPyTorch ? ", in PyTorch's layouts" : "")
      + (anew.isEmpty
        ? ""
        : "; \((graph.parameterCount - taken).grouped) begin anew: "
          + anew.joined(separator: ", "))
  }

  private var operations: String {
    // Backward, each layer computes two gradients of about the same cost: of its parameters and of its input.
    let step = 3 * Double(graph.floatingPointOperations) * Double(batchSize)
    let images = "\(batchSize.grouped) image\(batchSize == 1 ? "" : "s")"
    return
      "FLOPs: \(graph.floatingPointOperations.grouped) per image, about \(step.countInWords) in a "
      + "training step of \(images)"
  }

  /// The number of images in a step.
  private var batchSize: Int { min(plan.spec.training.batchSize, plan.split.training) }

  private var memory: String {
    let memory = plan.memory(threads: threads)
    return "memory: about \(memory.total.bytesInWords) in training on "
      + "\(threads) thread\(threads == 1 ? "" : "s"): images \(memory.images.bytesInWords), "
      + "parameters with gradients, optimizer and saved state \(memory.parameters.bytesInWords), activations "
      + "\(memory.activations.bytesInWords), the program \(memory.program.bytesInWords)"
  }
}
