import Learning
import Tensors
import Testing

/// Which weights count in the end. The weight of `ScriptedBackend` is the number of steps: 3 an epoch here.
@Suite struct CallbackListTests {
  private func train(
    _ callbacks: [String], _ validationLosses: [Float]
  ) throws -> (network: TrainedNetwork, weight: Float?, log: Log) {
    let log = Log()
    let trainer = try Trainings.trainer(
      training: "{epochs: \(validationLosses.count), batch_size: 16}", callbacks: callbacks)
    let network = try trainer.train(
      on: Trainings.samples(40), validation: Trainings.samples(9, seed: 2),
      backend: ScriptedBackend(validationLosses: validationLosses),
      observe: { log.events.append($0) })
    return (network, try network.program.parameters()["steps"]?.values[0], log)
  }

  @Test func `without callbacks, those of the last epoch`() throws {
    let end = try train([], [3, 1, 2, 2])
    #expect(end.network.epochs == 4)
    #expect(end.network.weightsEpoch == 4)
    #expect(end.network.stopReason == nil)
    #expect(end.weight == 12)
  }

  @Test func `early stopping leaves those of the last epoch`() throws {
    let end = try train(["{type: early_stopping, patience: 2}"], [3, 1, 2, 2, 2])
    #expect(end.network.epochs == 4)
    #expect(
      end.network.stopReason == "val_loss has not improved for 2 epochs; the best epoch was 2")
    #expect(end.network.weightsEpoch == 4)
    #expect(end.weight == 12)
  }

  @Test func `early stopping goes back to those of the best epoch if told to`() throws {
    let stopping = "{type: early_stopping, patience: 2, restore_best_weights: true}"
    let end = try train([stopping], [3, 1, 2, 2, 2])
    #expect(end.network.epochs == 4)
    #expect(end.network.weightsEpoch == 2)
    #expect(end.weight == 6)
  }

  @Test func `it goes back also where training ends by itself`() throws {
    let stopping = "{type: early_stopping, patience: 9, restore_best_weights: true}"
    let end = try train([stopping], [3, 1, 2])
    #expect(end.network.stopReason == nil)
    #expect(end.network.weightsEpoch == 2)
    #expect(end.weight == 6)
  }

  @Test func `a checkpoint of the best alone makes those count`() throws {
    let end = try train(["{type: model_checkpoint, save_best_only: true}"], [3, 1, 2, 2])
    #expect(end.network.epochs == 4)
    #expect(end.network.weightsEpoch == 2)
    #expect(end.weight == 6)
    #expect(end.log.saved.map(\.epoch) == [1, 2])
    #expect(end.log.saved.map(\.weight) == [3, 6])
  }

  @Test func `a checkpoint of every epoch leaves those of the last`() throws {
    let end = try train(["model_checkpoint"], [3, 1, 2])
    #expect(end.network.weightsEpoch == 3)
    #expect(end.log.saved.map(\.epoch) == [1, 2, 3])
  }

  @Test func `the checkpoint counts, not what early stopping goes back to`() throws {
    // Early stopping takes no step of less than 0.5 for an improvement, so epoch 1 is its best.
    let end = try train(
      [
        "{type: early_stopping, patience: 3, min_delta: 0.5, restore_best_weights: true}",
        "{type: model_checkpoint, save_best_only: true}",
      ], [1, 0.9, 0.8, 0.85, 0.7])
    #expect(end.network.epochs == 4)
    #expect(end.network.weightsEpoch == 3)
    #expect(end.weight == 9)
  }

  @Test func `the first callback that wants to stop gives the reason`() throws {
    let end = try train(
      [
        "{type: early_stopping, monitor: loss, patience: 1}",
        "{type: early_stopping, patience: 1}",
      ], [1, 2, 3])
    #expect(end.network.epochs == 2)
    #expect(end.network.stopReason == "loss has not improved for 1 epoch; the best epoch was 1")
  }
}
