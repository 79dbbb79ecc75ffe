import Tensors

/// A backend whose network has one weight, the number of steps trained, and says what a script tells it.
final class ScriptedBackend: Backend, @unchecked Sendable {
  /// The loss of every image in each call of `predict`; the last goes on.
  private let validationLosses: [Float]
  /// The loss of every image in a step, given the step's number from 1.
  private let trainingLoss: @Sendable (Int) -> Float
  private(set) var program: ScriptedProgram?

  init(
    validationLosses: [Float] = [1], trainingLoss: @escaping @Sendable (Int) -> Float = { _ in 1 }
  ) {
    (self.validationLosses, self.trainingLoss) = (validationLosses, trainingLoss)
  }

  func compile(_ graph: Graph, laneSize: Int, mode: ProgramMode) throws -> any Program {
    let program = ScriptedProgram(
      classCount: graph.classCount, laneSize: laneSize, validationLosses, trainingLoss)
    self.program = program
    return program
  }
}

final class ScriptedProgram: Program {
  let kernelChoices = ["by script"]
  let laneSize: Int
  /// The samples of each step so far.
  private(set) var batches: [[Int]] = []
  private let classCount: Int
  private let validationLosses: [Float]
  private let trainingLoss: (Int) -> Float
  private var predictionCount = 0
  private var weight: Float = 0

  init(
    classCount: Int, laneSize: Int, _ validationLosses: [Float],
    _ trainingLoss: @escaping (Int) -> Float
  ) {
    (self.classCount, self.laneSize) = (classCount, laneSize)
    (self.validationLosses, self.trainingLoss) = (validationLosses, trainingLoss)
  }

  func load(_ parameters: NamedTensors) throws { weight = parameters["steps"]?.values[0] ?? 0 }

  func parameters() throws -> NamedTensors {
    NamedTensors([.init(name: "steps", tensor: Tensor(shape: [1], values: [weight]))])
  }

  func predict(_ batch: Batch) throws -> Predictions {
    let loss = validationLosses[min(predictionCount, validationLosses.count - 1)]
    predictionCount += 1
    return predictions(batch, loss: loss)
  }

  func train(_ batch: Batch, _ rates: StepRates) throws -> Predictions {
    batches.append(Array(batch.samples))
    weight += 1
    return predictions(batch, loss: trainingLoss(batches.count))
  }

  func gradients(_ batch: Batch) throws -> NamedTensors { NamedTensors() }

  /// Class 0 for every image.
  private func predictions(_ batch: Batch, loss: Float) -> Predictions {
    let row: [Float] = [1] + [Float](repeating: 0, count: classCount - 1)
    return Predictions(
      probabilities: batch.samples.flatMap { _ in row },
      losses: batch.samples.map { _ in loss }, classCount: classCount)
  }
}
