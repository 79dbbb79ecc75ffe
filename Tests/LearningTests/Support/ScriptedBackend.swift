import Tensors

/// A backend whose network has one weight, the number of steps trained, and says what a script tells it. The first
/// moving statistic of its graph is that number as well.
final class ScriptedBackend: Backend, @unchecked Sendable {
  /// The loss of every image in each call of `predict`; the last goes on.
  private let validationLosses: [Float]
  /// The loss of every image in a step, given the step's number from 1.
  private let trainingLoss: @Sendable (Int) -> Float
  /// The weight after a step, given that before it and the step's number from 1.
  private let weight: @Sendable (Float, Int) -> Float
  private(set) var program: ScriptedProgram?

  init(
    validationLosses: [Float] = [1], trainingLoss: @escaping @Sendable (Int) -> Float = { _ in 1 },
    weight: @escaping @Sendable (Float, Int) -> Float = { before, _ in before + 1 }
  ) {
    (self.validationLosses, self.trainingLoss) = (validationLosses, trainingLoss)
    self.weight = weight
  }

  func compile(_ graph: Graph, laneSize: Int, mode: ProgramMode) throws -> any Program {
    let program = ScriptedProgram(
      graph, laneSize: laneSize, validationLosses, trainingLoss, weight)
    self.program = program
    return program
  }
}

final class ScriptedProgram: Program {
  let kernelChoices = ["by script"]
  let laneSize: Int
  /// The samples of each step so far.
  private(set) var batches: [[Int]] = []
  /// The weight before each step.
  private(set) var trainedFrom: [Float] = []
  /// The statistic before each step.
  private(set) var statisticsBeforeSteps: [Float] = []
  /// The weight in each call of `predict`.
  private(set) var predictedWith: [Float] = []
  /// The weight and the samples of each time that statistics were made anew.
  private(set) var recomputations: [Recomputation] = []
  private let classCount: Int
  private let statisticName: String?
  private let validationLosses: [Float]
  private let trainingLoss: (Int) -> Float
  private let weightAfter: (Float, Int) -> Float
  private var predictionCount = 0
  private var weight: Float = 0
  private var statistic: Float = 0

  struct Recomputation: Equatable {
    let weight: Float
    let samples: [Int]
  }

  init(
    _ graph: Graph, laneSize: Int, _ validationLosses: [Float],
    _ trainingLoss: @escaping (Int) -> Float, _ weight: @escaping (Float, Int) -> Float
  ) {
    (classCount, self.laneSize) = (graph.classCount, laneSize)
    statisticName = graph.parameters.first { $0.parameter.role == .statistic }?.name
    (self.validationLosses, self.trainingLoss) = (validationLosses, trainingLoss)
    weightAfter = weight
  }

  func load(_ parameters: NamedTensors) throws {
    weight = parameters["steps"]?.values[0] ?? 0
    statistic = statisticName.flatMap { parameters[$0] }?.values[0] ?? 0
  }

  func parameters() throws -> NamedTensors {
    var entries = [("steps", weight)]
    if let statisticName { entries.append((statisticName, statistic)) }
    return NamedTensors(
      entries.map { .init(name: $0, tensor: Tensor(shape: [1], values: [$1])) })
  }

  func state() throws -> ProgramState {
    ProgramState(step: batches.count, parameters: try parameters(), slots: [])
  }

  func restore(_ state: ProgramState) throws {
    try load(state.parameters)
    batches = Array(repeating: [], count: state.step)
  }

  /// The statistic becomes the number of images, negative.
  func recomputeStatistics(_ batches: [Batch]) throws {
    let samples = batches.flatMap { Array($0.samples) }
    recomputations.append(Recomputation(weight: weight, samples: samples))
    statistic = -Float(samples.count)
  }

  func predict(_ batch: Batch) throws -> Predictions {
    predictedWith.append(weight)
    let loss = validationLosses[min(predictionCount, validationLosses.count - 1)]
    predictionCount += 1
    return predictions(batch, loss: loss)
  }

  func train(_ batch: Batch, _ rates: StepRates) throws -> Predictions {
    batches.append(Array(batch.samples))
    trainedFrom.append(weight)
    statisticsBeforeSteps.append(statistic)
    weight = weightAfter(weight, batches.count)
    statistic += 1
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
