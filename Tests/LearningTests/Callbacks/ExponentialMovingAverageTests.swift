import Learning
import OneDNNBackend
import ReferenceBackend
import Tensors
import Testing

@Suite struct ExponentialMovingAverageTests {
  private static let checkpoint = "model_checkpoint"

  @Test(arguments: try AverageCase.all("exponential_moving_average"))
  func `after each step the average is Keras's`(expected: AverageCase) throws {
    let log = Log()
    let backend = ScriptedBackend(weight: { _, step in expected.weights[step - 1] })
    let trainer = try Trainings.trainer(
      training: "{epochs: 20, batch_size: 16}", callbacks: ["{\(expected.spec)}", Self.checkpoint])
    _ = try trainer.train(
      on: Trainings.samples(16), validation: nil, backend: backend,
      observe: { log.events.append($0) })
    let averages = log.saved.compactMap(\.weight)
    #expect(averages.count == 20)
    // Another order of operations in float32, over 20 steps.
    for (average, wanted) in zip(averages, expected.averages) {
      #expect(abs(average - wanted) <= 1e-6)
    }
  }

  /// The scripted weight is the number of steps, two an epoch: 1, 2 | 3, 4.
  @Test(arguments: [0, 1])
  func `validation, checkpoints and results have the average, training goes on without it`(
    place: Int
  ) throws {
    let log = Log()
    let backend = ScriptedBackend()
    var callbacks = [Self.checkpoint]
    callbacks.insert("{type: exponential_moving_average, momentum: 0.5}", at: place)
    let network = try Trainings.trainer(callbacks: callbacks).train(
      on: Trainings.samples(20), validation: Trainings.samples(9), backend: backend,
      observe: { log.events.append($0) })
    #expect(backend.program?.trainedFrom == [0, 1, 2, 3])
    #expect(backend.program?.predictedWith == [1.5, 3.125])
    #expect(log.saved.map(\.weight) == [1.5, 3.125])
    #expect(try network.program.parameters()["steps"]?.values == [3.125])
    #expect(network.weightsEpoch == 2)
  }

  @Test func `early stopping goes back to the average of the best epoch`() throws {
    let network = try Trainings.trainer(
      training: "{epochs: 3, batch_size: 16}",
      callbacks: [
        "{type: early_stopping, patience: 9, restore_best_weights: true}",
        "{type: exponential_moving_average, momentum: 0.5}",
      ]
    ).train(
      on: Trainings.samples(20), validation: Trainings.samples(9),
      backend: ScriptedBackend(validationLosses: [2, 1, 3]))
    #expect(network.weightsEpoch == 2)
    #expect(try network.program.parameters()["steps"]?.values == [3.125])
  }

  @Test func `moving statistics stay those of training`() throws {
    let backend = ScriptedBackend()
    let network = try Trainings.normalizingTrainer(
      callbacks: ["{type: exponential_moving_average, momentum: 0.5}"]
    ).train(on: Trainings.samples(20), validation: nil, backend: backend)
    let parameters = try network.program.parameters()
    #expect(parameters["steps"]?.values == [3.125])
    #expect(parameters["normalization.moving_mean"]?.values == [4])
    #expect(backend.program?.recomputations == [])
  }

  @Test(arguments: [true, false])
  func `training itself is the same to the bit`(isReference: Bool) throws {
    func losses(_ callbacks: [String]) throws -> [Double] {
      let log = Log()
      _ = try Trainings.trainer(
        training: "{epochs: 3, batch_size: 16}", callbacks: callbacks
      ).train(
        on: Trainings.samples(40), validation: Trainings.samples(9, seed: 2),
        backend: isReference ? ReferenceBackend() : OneDNNBackend(threads: 2),
        observe: { log.events.append($0) })
      return log.records.map(\.loss)
    }
    #expect(try losses(["exponential_moving_average"]) == losses([]))
  }
}
