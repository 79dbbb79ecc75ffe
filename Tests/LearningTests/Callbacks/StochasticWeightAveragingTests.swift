import Learning
import Specs
import Testing

@Suite struct StochasticWeightAveragingTests {
  @Test(arguments: try AverageCase.all("stochastic_weight_averaging"))
  func `after each epoch the mean is PyTorch's`(expected: AverageCase) throws {
    let log = Log()
    let backend = ScriptedBackend(weight: { _, step in expected.weights[step - 1] })
    let trainer = try Trainings.trainer(
      training: "{epochs: 20, batch_size: 16}",
      callbacks: ["{\(expected.spec)}", "model_checkpoint"])
    _ = try trainer.train(
      on: Trainings.samples(16), validation: nil, backend: backend,
      observe: { log.events.append($0) })
    let averages = log.saved.compactMap(\.weight)
    #expect(averages.count == 20)
    for (average, wanted) in zip(averages, expected.averages) {
      #expect(abs(average - wanted) <= 1e-6)
    }
  }

  /// The scripted weight is the number of steps, two an epoch: 2, 4, 6 after the epochs.
  @Test func `statistics are made anew for the mean, and training goes on with its own`() throws {
    let log = Log()
    let backend = ScriptedBackend()
    let network = try Trainings.normalizingTrainer(
      callbacks: ["{type: stochastic_weight_averaging, start_epoch: 2}", "model_checkpoint"],
      epochs: 3
    ).train(
      on: Trainings.samples(20), validation: Trainings.samples(9), backend: backend,
      observe: { log.events.append($0) })
    let program = try #require(backend.program)
    #expect(program.trainedFrom == [0, 1, 2, 3, 4, 5])
    #expect(program.predictedWith == [2, 4, 5])
    #expect(log.saved.map(\.weight) == [2, 4, 5])
    // Each time from all training images, with the mean in place.
    #expect(program.recomputations.map(\.weight) == [4, 5])
    for recomputation in program.recomputations {
      #expect(recomputation.samples.sorted() == Array(0..<20))
    }
    #expect(
      log.savedTensors.map { $0["normalization.moving_mean"]?.values } == [[2], [-20], [-20]])
    #expect(program.statisticsBeforeSteps == [0, 1, 2, 3, 4, 5])
    #expect(network.weightsEpoch == 3)
  }

  @Test func `before its first epoch nothing is averaged`() throws {
    let backend = ScriptedBackend()
    let network = try Trainings.trainer(
      callbacks: ["{type: stochastic_weight_averaging, start_epoch: 9}"]
    ).train(on: Trainings.samples(20), validation: nil, backend: backend)
    #expect(try network.program.parameters()["steps"]?.values == [4])
    #expect(backend.program?.recomputations.isEmpty == true)
  }
}
