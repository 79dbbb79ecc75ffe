/// A factory of programs for graphs: the one seam between what is learned and how it is computed.
package protocol Backend: Sendable {
  /// Compiles `graph` to work on batches cut into lanes of `laneSize` images.
  ///
  /// Results depend on the lane size, since sums are rounded lane by lane, but never on the number of threads.
  func compile(_ graph: Graph, laneSize: Int, mode: ProgramMode) throws -> any Program
}

/// The purpose that a program is compiled for.
package enum ProgramMode: Sendable {
  /// Only to compute probabilities.
  case inference
  /// Also to learn, by the given rule.
  case training(any UpdateRule)
}

/// A compiled graph with its parameters. Used from one thread; it may have workers of its own.
package protocol Program: AnyObject {
  /// Sets all parameters; they must be the graph's, by name and shape.
  func load(_ parameters: NamedTensors) throws
  /// The parameters as they are now, in the order of the graph.
  func parameters() throws -> NamedTensors
  /// The state from which training resumes.
  func state() throws -> ProgramState
  /// Goes back to `state`; it must be of a program of the same graph, trained by the same rule.
  func restore(_ state: ProgramState) throws
  /// Probabilities and losses for a batch of any size; dropout does nothing.
  func predict(_ batch: Batch) throws -> Predictions
  /// One step: forward, backward, and an update of the parameters for the mean loss over the batch. The
  /// predictions returned are those from before the update.
  func train(_ batch: Batch, _ rates: StepRates) throws -> Predictions
  /// The gradients of the mean loss over the batch by every learned parameter, as a training step would compute
  /// them, without an update.
  func gradients(_ batch: Batch) throws -> NamedTensors
  /// Sets the moving statistics to the mean of those of these batches, each taken through the network as in training,
  /// as PyTorch's `update_bn` does. Nothing else changes, and nothing at all where the graph has none.
  func recomputeStatistics(_ batches: [Batch]) throws
  /// A line for each kernel that was chosen, for the record.
  var kernelChoices: [String] { get }
}

/// A program for training between two steps: the next one follows from this alone.
package struct ProgramState: Equatable, Sendable {
  /// Steps done.
  package var step: Int
  /// All parameters, in the order of the graph.
  package var parameters: NamedTensors
  /// The numbers that the update rule keeps beside each learned parameter: `slotCount` sets of them.
  package var slots: [NamedTensors]

  package init(step: Int, parameters: NamedTensors, slots: [NamedTensors]) {
    self.step = step
    self.parameters = parameters
    self.slots = slots
  }
}

/// Images that go through a network together.
package struct Batch: Sendable {
  package let source: any SampleSource
  /// Numbers of the samples in `source`.
  package let samples: ArraySlice<Int>
  /// Seed and epoch (from 0) that dropout and augmentation are drawn for; the epoch is a pass over all samples.
  package let seed: UInt64
  package let epoch: Int

  package init(source: any SampleSource, samples: ArraySlice<Int>, seed: UInt64 = 0, epoch: Int = 0)
  {
    self.source = source
    self.samples = samples
    self.seed = seed
    self.epoch = epoch
  }
}

/// The predictions of a network for a batch, in the order of its samples.
package struct Predictions: Sendable {
  /// Probability of each class for each sample: samples × classes, row by row.
  package var probabilities: [Float]
  /// The loss of each sample.
  package var losses: [Float]
  /// The penalty that regularizers add to the mean of the losses.
  package var penalty = 0.0
  package let classCount: Int

  package init(probabilities: [Float], losses: [Float], classCount: Int) {
    self.probabilities = probabilities
    self.losses = losses
    self.classCount = classCount
  }

  /// The sum of the samples' losses, the regularizers' penalty counted with each.
  package var lossSum: Double {
    losses.reduce(0) { $0 + Double($1) } + penalty * Double(losses.count)
  }

  /// The most probable class of the sample at `position`; the lowest of equals.
  package func predictedClass(at position: Int) -> Int {
    let row = probabilities[position * classCount..<(position + 1) * classCount]
    var best = row.startIndex
    for index in row.indices where row[index] > row[best] { best = index }
    return best - row.startIndex
  }
}

/// Parameters that don't fit the graph they are loaded into.
package struct ParameterMismatch: Error, CustomStringConvertible {
  /// Full name of the first parameter that doesn't fit.
  package let name: String
  package let wanted: [Int]
  /// Its shape in what was loaded; nil if it is missing there.
  package let found: [Int]?

  package init(name: String, wanted: [Int], found: [Int]?) {
    self.name = name
    self.wanted = wanted
    self.found = found
  }

  package var description: String {
    guard let found else { return "'\(name)' is missing" }
    return "'\(name)' has shape \(found), but the network wants \(wanted)"
  }
}

extension Graph {
  /// Those of `tensors` that are the graph's parameters, in its order. Throws if one is missing or has another shape.
  package func parameters(
    from tensors: NamedTensors
  ) throws(ParameterMismatch) -> NamedTensors {
    let known = Dictionary(tensors.entries.map { ($0.name, $0.tensor) }) { first, _ in first }
    var found = NamedTensors()
    for (name, parameter) in parameters {
      guard let tensor = known[name], tensor.shape == parameter.shape else {
        throw ParameterMismatch(
          name: name, wanted: parameter.shape, found: known[name]?.shape)
      }
      found.entries.append(.init(name: name, tensor: tensor))
    }
    return found
  }
}
