import Learning
import Metrics
import OneDNNBackend
import Tensors
import Testing

/// Training that stops somewhere and goes on ends as if it had not stopped.
@Suite struct TrainingStateTests {
  private struct Outcome: Equatable {
    /// Of each epoch: the learning rate, loss, accuracy, and validation.
    var epochs: [[Double?]]
    var saved: [Int]
    var weights: NamedTensors
    var weightsEpoch: Int
    var stopReason: String?
  }

  private static let columns = EpochRecord.columns.filter { $0 != "seconds" }

  /// Trains, and where `stops` has the number of steps done by then, goes on from what was told before, as it comes from
  /// a file, with a program that knows nothing else.
  private func outcome(
    optimizer: String = "adam", callbacks: [String] = [], training: String, threads: Int = 2,
    stops: [Int] = []
  ) throws -> Outcome {
    let trainer = try Trainings.trainer(
      training: training, optimizer: optimizer, callbacks: callbacks, seed: 3)
    let log = Log()
    var (state, stops) = (TrainingState?.none, stops)
    while true {
      do {
        let network = try trainer.train(
          on: Trainings.samples(40), validation: Trainings.samples(21, seed: 2),
          backend: OneDNNBackend(threads: threads), from: state,
          observe: {
            log.events.append($0)
            if case .stateReached(let reached, _) = $0 { state = reached }
          }, isInterrupted: { stops.first == log.steps.count })
        #expect(stops.isEmpty, "it stopped everywhere")
        return Outcome(
          epochs: log.records.map { record in Self.columns.map { record[$0] } },
          saved: log.saved.map(\.epoch), weights: try network.program.parameters(),
          weightsEpoch: network.weightsEpoch, stopReason: network.stopReason)
      } catch is TrainingInterrupted {
        stops.removeFirst()
        // Before the first step there is nothing to go on from but the beginning.
        guard let told = state else { continue }
        let (tensors, text) = try told.encoded()
        let read = try TrainingState(
          tensors: Safetensors.decode(Safetensors.encode(tensors)), text: text)
        #expect(read == told)
        try trainer.check(read, imageCount: 40)
        state = read
      }
    }
  }

  @Test(arguments: [
    "adam", "{type: adamw, weight_decay: 0.1}", "{type: sgd, momentum: 0.9}", "rmsprop", "adagrad",
    "nadam", "lion", "muon",
  ])
  func `it goes on between any two steps`(optimizer: String) throws {
    let training = "{epochs: 2, batch_size: 16}"
    let expected = try outcome(optimizer: optimizer, training: training)
    for step in 0..<6 {
      #expect(
        try outcome(optimizer: optimizer, training: training, stops: [step]) == expected,
        "stopped after step \(step)")
    }
    #expect(
      try outcome(optimizer: optimizer, training: training, threads: 1, stops: [1, 2, 3, 5])
        == expected)
  }

  @Test(arguments: [
    [
      "{type: early_stopping, monitor: val_loss, patience: 2, restore_best_weights: true}",
      "{type: model_checkpoint, monitor: val_accuracy, save_best_only: true, max_to_keep: 2}",
    ],
    ["{type: reduce_lr_on_plateau, patience: 1, min_delta: 0.5, cooldown: 1}", "model_checkpoint"],
    ["{type: exponential_moving_average, momentum: 0.9}", "{type: early_stopping, patience: 1}"],
    ["{type: stochastic_weight_averaging, start_epoch: 2}", "model_checkpoint"],
    ["{type: target_reached, monitor: val_loss, value: 1000}"],
  ])
  func `callbacks remember`(callbacks: [String]) throws {
    let training = "{epochs: 6, batch_size: 16}"
    let expected = try outcome(callbacks: callbacks, training: training)
    for stops in [[2, 5, 9], [3, 6], [1, 4, 7, 8, 10, 11]] {
      let last = 3 * expected.epochs.count
      #expect(
        try outcome(
          callbacks: callbacks, training: training, stops: stops.filter { $0 < last })
          == expected, "stopped after steps \(stops)")
    }
  }

  @Test func `moving statistics and what recomputes them go on`() throws {
    func weights(stops: [Int]) throws -> NamedTensors {
      let trainer = try Trainings.normalizingTrainer(
        callbacks: ["{type: stochastic_weight_averaging, start_epoch: 1}"], epochs: 3)
      var (state, stops, steps) = (TrainingState?.none, stops, 0)
      while true {
        do {
          return try trainer.train(
            on: Trainings.samples(40), validation: nil, backend: OneDNNBackend(threads: 2),
            from: state,
            observe: {
              if case .stateReached(let reached, _) = $0 { state = reached }
              if case .stepEnded = $0 { steps += 1 }
            }, isInterrupted: { stops.first == steps }
          ).program.parameters()
        } catch is TrainingInterrupted {
          stops.removeFirst()
        }
      }
    }
    let expected = try weights(stops: [])
    for step in 1..<9 { #expect(try weights(stops: [step]) == expected) }
  }

  @Test func `it is told as often as the spec says`() throws {
    func states(_ spec: String) throws -> [String] {
      let usual = try Trainings.trainer(training: "{epochs: 5, batch_size: 16}")
      let trainer = Trainer(
        graph: usual.graph, optimizer: usual.optimizer, callbacks: [], training: usual.training,
        seed: 0, saveState: try declared(spec))
      let log = Log()
      _ = try trainer.train(
        on: Trainings.samples(40), validation: nil, backend: ScriptedBackend(),
        observe: { log.events.append($0) })
      return log.words.filter { $0.hasPrefix("state") }
    }
    #expect(try states("{}") == (1...5).map { "state \($0).0" })
    #expect(try states("{every_epochs: 2}") == ["state 2.0", "state 4.0"])
    // Less than any step takes.
    let everywhere = try states("{every_epochs: 5, every_minutes: 1e-12}")
    #expect(everywhere.count == 16)
    #expect(everywhere.prefix(4) == ["state 0.1", "state 0.2", "state 0.3", "state 1.1"])
  }

  @Test func `a state of another network is refused`() throws {
    var state: TrainingState?
    _ = try Trainings.normalizingTrainer(callbacks: []).train(
      on: Trainings.samples(40), validation: nil, backend: OneDNNBackend(threads: 1),
      observe: { if case .stateReached(let reached, _) = $0 { state = reached } })
    let found = state
    #expect(throws: ParameterMismatch.self) {
      try Trainings.trainer().train(
        on: Trainings.samples(40), validation: nil, backend: OneDNNBackend(threads: 1),
        from: found)
    }
  }
}
