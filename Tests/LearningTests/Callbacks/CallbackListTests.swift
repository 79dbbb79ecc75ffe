import Learning
import ReferenceBackend
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

  @Test(arguments: [
    "{type: early_stopping, monitor: val_top_5_accuracy, patience: 1}",
    "{type: reduce_lr_on_plateau, monitor: val_top_5_accuracy, patience: 1}",
    "{type: model_checkpoint, monitor: val_top_5_accuracy, save_best_only: true}",
  ])
  func `epochs in which a metric is undefined count for nothing, which is said once`(
    callback: String
  ) throws {
    let end = try train([callback], [3, 1, 2, 2])
    #expect(end.network.epochs == 4)
    #expect(end.network.weightsEpoch == 4)
    let notes = end.log.events.compactMap { if case .note(let text) = $0 { text } else { nil } }
    let type = try #require(callback.split(separator: ",").first).dropFirst("{type: ".count)
    #expect(
      notes == [
        "warning: val_top_5_accuracy is undefined here: there are no more than 5 classes, so that it is always 1; "
          + "'\(type)' does nothing without it"
      ])
  }

  @Test func `a class without validation images is the reason why a metric is undefined`() throws {
    let log = Log()
    let trainer = try Trainings.trainer(
      training: "{epochs: 2, batch_size: 16}",
      callbacks: ["{type: early_stopping, monitor: val_roc_auc_macro}"])
    _ = try trainer.train(
      on: Trainings.samples(40), validation: OneClass(samples: Trainings.samples(9)),
      backend: ScriptedBackend(validationLosses: [1, 2]), observe: { log.events.append($0) })
    let notes = log.events.compactMap { if case .note(let text) = $0 { text } else { nil } }
    #expect(notes.count == 1)
    #expect(
      notes.first?.hasPrefix(
        "warning: val_roc_auc_macro is undefined here: no validation image is of owl, dog;") == true
    )
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

/// Samples all of which are of the first class.
private struct OneClass: SampleSource {
  let samples: RandomSamples
  var count: Int { samples.count }
  var imageShape: ImageShape { samples.imageShape }
  var classCount: Int { samples.classCount }
  var classNames: [String] { ["cat", "owl", "dog"] }
  func label(of sample: Int) -> Int { 0 }
  func writeInput(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>) {
    samples.writeInput(of: sample, epoch: epoch, to: destination)
  }
}
