import Learning
import Metrics
import OneDNNBackend
import ReferenceBackend
import Specs
import Tensors
import Testing

@Suite struct TrainerTests {
  /// What training came to, but for durations.
  private struct Outcome: Equatable {
    var losses, accuracies: [Double]
    var validation: [[Metric: Double]]
    var weights: NamedTensors
  }

  private func outcome(threads: Int, seed: Int) throws -> Outcome {
    let log = Log()
    let network = try Trainings.trainer(seed: seed).train(
      on: Trainings.samples(75), validation: Trainings.samples(21, seed: 2),
      backend: OneDNNBackend(threads: threads), observe: { log.events.append($0) })
    return Outcome(
      losses: log.records.map(\.loss), accuracies: log.records.map(\.accuracy),
      validation: log.records.map(\.validation), weights: try network.program.parameters())
  }

  @Test func `a seed gives the same bits on any number of threads`() throws {
    let one = try outcome(threads: 1, seed: 4)
    #expect(try outcome(threads: 1, seed: 4) == one)
    #expect(try outcome(threads: 2, seed: 4) == one)
    #expect(try outcome(threads: 3, seed: 4) == one)
    #expect(one.losses.count == 2)
  }

  @Test func `another seed gives other weights and another history`() throws {
    let (first, second) = (try outcome(threads: 2, seed: 4), try outcome(threads: 2, seed: 5))
    #expect(first.weights != second.weights)
    #expect(first.losses != second.losses)
  }

  @Test func `events come in order`() throws {
    let log = Log()
    _ = try Trainings.trainer(callbacks: ["model_checkpoint"]).train(
      on: Trainings.samples(20), validation: nil, backend: ScriptedBackend(),
      observe: { log.events.append($0) })
    #expect(
      log.words == [
        "started [\"by script\"]", "step 1.1/2", "step 1.2/2", "trained 1", "epoch 1", "saved 1",
        "state 1.0", "step 2.1/2", "step 2.2/2", "trained 2", "epoch 2", "saved 2", "state 2.0",
        "ended",
      ])
  }

  @Test func `each epoch takes every image once, in an order of its own`() throws {
    let backend = ScriptedBackend()
    _ = try Trainings.trainer().train(
      on: Trainings.samples(40), validation: nil, backend: backend)
    let batches = try #require(backend.program).batches
    #expect(batches.map(\.count) == [16, 16, 8, 16, 16, 8])
    let (first, second) = (batches[..<3].flatMap(\.self), batches[3...].flatMap(\.self))
    #expect(first.sorted() == Array(0..<40))
    #expect(second.sorted() == Array(0..<40))
    #expect(first != second)
  }

  /// The samples of each batch, and the pass that they are drawn for, of epochs of so many steps.
  private func batches(_ epochs: Int, stepsPerEpoch: Int?) throws -> [[Int]] {
    let backend = ScriptedBackend()
    let steps = stepsPerEpoch.map { ", steps_per_epoch: \($0)" } ?? ""
    _ = try Trainings.trainer(training: "{epochs: \(epochs), batch_size: 16\(steps)}").train(
      on: Trainings.samples(40), validation: nil, backend: backend)
    return try #require(backend.program).batches
  }

  @Test(arguments: [(6, 1), (3, 2), (2, 3), (1, 6)])
  func `epochs of any length go on through the passes`(epochs: Int, stepsPerEpoch: Int) throws {
    let found = try batches(epochs, stepsPerEpoch: stepsPerEpoch)
    #expect(try found == batches(2, stepsPerEpoch: nil))
  }

  @Test(arguments: [2, 4, 7])
  func `an epoch that ends within a pass is resumed in any step`(stepsPerEpoch: Int) throws {
    let trainer = try Trainings.trainer(
      training: "{epochs: 2, batch_size: 16, steps_per_epoch: \(stepsPerEpoch)}")
    let samples = Trainings.samples(40)
    let whole = try trainer.train(
      on: samples, validation: nil, backend: OneDNNBackend(threads: 1)
    ).program.parameters()
    for last in 1..<2 * stepsPerEpoch {
      var (state, steps) = (TrainingState?.none, 0)
      #expect(throws: TrainingInterrupted.self) {
        try trainer.train(
          on: samples, validation: nil, backend: OneDNNBackend(threads: 1),
          observe: {
            if case .stateReached(let reached, _) = $0 { state = reached }
            if case .stepEnded = $0 { steps += 1 }
          }, isInterrupted: { steps == last })
      }
      let reached = try #require(state)
      try trainer.check(reached, imageCount: 40)
      let resumed = try trainer.train(
        on: samples, validation: nil, backend: OneDNNBackend(threads: 1), from: reached)
      #expect(try resumed.program.parameters() == whole)
    }
  }

  @Test func `a batch may be larger than the data`() throws {
    let log = Log()
    let backend = ScriptedBackend()
    let trainer = try Trainings.trainer(training: "{epochs: 1, batch_size: 500}")
    _ = try trainer.train(
      on: Trainings.samples(7), validation: nil, backend: backend,
      observe: { log.events.append($0) })
    #expect(backend.program?.batches.map(\.count) == [7])
    #expect(log.steps.map(\.stepCount) == [1])
    // The same through the real kernels: one ragged batch of a lane and a part.
    let network = try Trainings.trainer(training: "{epochs: 1, batch_size: 500, lane_size: 4}")
      .train(on: Trainings.samples(7), validation: nil, backend: OneDNNBackend(threads: 2))
    #expect(
      try network.program.parameters().entries.allSatisfy {
        $0.tensor.values.allSatisfy(\.isFinite)
      })
  }

  /// As in Keras: means over the images, each as the network was before the step that it was part of.
  @Test func `training loss and accuracy are means over images, not over batches`() throws {
    let log = Log()
    let samples = Trainings.samples(20)
    _ = try Trainings.trainer(training: "{epochs: 1, batch_size: 16}").train(
      on: samples, validation: nil,
      backend: ScriptedBackend(trainingLoss: { $0 == 1 ? 1 : 6 }),
      observe: { log.events.append($0) })
    #expect(log.steps.map(\.loss) == [1, 2])  // (16 · 1 + 4 · 6) ÷ 20
    #expect(log.steps.map(\.imageCount) == [16, 20])
    #expect(log.records.map(\.loss) == [2])
    // The script says class 0 of every image.
    let zeros = (0..<20).count { samples.label(of: $0) == 0 }
    #expect(log.records.map(\.accuracy) == [Double(zeros) / 20])
    #expect(log.steps.last?.accuracy == Double(zeros) / 20)
    #expect(log.records.first?.validation == [:])
  }

  /// Soft targets whose largest share is class 0's, or in epochs after the first class 1's.
  private struct Mixed: SampleSource {
    let images: RandomSamples
    var count: Int { images.count }
    var imageShape: ImageShape { images.imageShape }
    var classCount: Int { images.classCount }
    func label(of sample: Int) -> Int { 2 }
    func writeTargets(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>) {
      destination.update(repeating: 0, count: classCount)
      destination[epoch == 0 ? 0 : 1] = 0.6
      destination[2] = 0.4
    }
    func writeInput(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>) {
      images.writeInput(of: sample, epoch: epoch, to: destination)
    }
  }

  @Test func `of soft targets, the largest share is the right class`() throws {
    let log = Log()
    _ = try Trainings.trainer(training: "{epochs: 2, batch_size: 16}").train(
      on: Mixed(images: Trainings.samples(20)), validation: nil, backend: ScriptedBackend(),
      observe: { log.events.append($0) })
    // The script says class 0 of every image.
    #expect(log.records.map(\.accuracy) == [1, 0])
  }

  @Test func `validation is scored after each epoch`() throws {
    let log = Log()
    _ = try Trainings.trainer().train(
      on: Trainings.samples(20), validation: Trainings.samples(9, seed: 2),
      backend: ScriptedBackend(validationLosses: [0.5, 0.25]),
      observe: { log.events.append($0) })
    #expect(log.records.map { $0["val_loss"] } == [0.5, 0.25])
    #expect(log.records.allSatisfy { $0.validation.count == Metric.usual.count })
    #expect(log.records.allSatisfy { $0.learningRate == 0.001 })
  }

  @Test func `the history has the rate of each epoch's last step`() throws {
    let log = Log()
    let schedule = "{type: polynomial_decay, initial_learning_rate: 0.6, end_learning_rate: 0}"
    // Three steps an epoch, six in all: 0.6, 0.5, … 0.1.
    _ = try Trainings.trainer(optimizer: "{type: sgd, learning_rate: \(schedule)}").train(
      on: Trainings.samples(40), validation: nil, backend: ScriptedBackend(),
      observe: { log.events.append($0) })
    #expect(log.records.count == 2)
    for (record, wanted) in zip(log.records, [0.4, 0.1]) {
      #expect(abs(record.learningRate - wanted) < 1e-12)
    }
  }

  @Test func `the network learns at the schedule's rates`() throws {
    func weights(_ rate: String) throws -> [Float] {
      let trainer = try Trainings.trainer(optimizer: "{type: sgd, learning_rate: \(rate)}")
      let network = try trainer.train(
        on: Trainings.samples(40), validation: nil, backend: OneDNNBackend(threads: 1))
      return try network.program.parameters().entries.flatMap(\.tensor.values)
    }
    let constant = try weights("0.1")
    // The boundary is the last of the six steps, or the one before it.
    #expect(
      try weights("{type: piecewise_constant, boundaries: [5], values: [0.1, 0.5]}") == constant)
    #expect(
      try weights("{type: piecewise_constant, boundaries: [4], values: [0.1, 0.5]}") != constant)
  }

  @Test func `training can be interrupted between two steps`() throws {
    let log = Log()
    let error = #expect(throws: TrainingInterrupted.self) {
      try Trainings.trainer(training: "{epochs: 3, batch_size: 16}").train(
        on: Trainings.samples(40), validation: nil, backend: ScriptedBackend(),
        observe: { log.events.append($0) }, isInterrupted: { log.steps.count == 5 })
    }
    #expect(error?.description == "interrupted")
    #expect(error?.epoch == 2)
    #expect(error?.step == 2)
    #expect(log.words.suffix(2) == ["step 2.2/3", "state 1.2"], "what it would go on from")
  }

  @Test func `what the observer throws ends training`() throws {
    struct DiskFull: Error {}
    #expect(throws: DiskFull.self) {
      try Trainings.trainer().train(
        on: Trainings.samples(40), validation: nil, backend: ScriptedBackend(),
        observe: { if case .epochEnded = $0 { throw DiskFull() } })
    }
  }

  @Test(
    arguments: [
      (Float.nan, "adam", "a lower learning rate than 0.001 may help"),
      (
        .infinity, "{type: sgd, learning_rate: 0.5}",
        "the learning rate 0.5 is likely too high (sgd's default is 0.01)"
      ),
    ])
  func `a loss that is no finite number ends training`(
    loss: Float, optimizer: String, cause: String
  ) throws {
    let log = Log()
    let error = #expect(throws: TrainingDiverged.self) {
      try Trainings.trainer(optimizer: optimizer).train(
        on: Trainings.samples(40), validation: nil,
        backend: ScriptedBackend(trainingLoss: { $0 == 5 ? loss : 1 }),
        observe: { log.events.append($0) })
    }
    #expect(error?.description == "the loss is no longer a finite number; \(cause)")
    #expect(error?.epoch == 2)
    #expect(error?.step == 2)
    #expect(log.words.last == "step 2.1/3")
  }

  @Test(arguments: ["adam", "sgd"])
  func `a learning rate far too high diverges`(optimizer: String) throws {
    let error = #expect(throws: TrainingDiverged.self) {
      try Trainings.trainer(
        training: "{epochs: 50, batch_size: 16}",
        optimizer: "{type: \(optimizer), learning_rate: 1e+30}"
      ).train(
        on: Trainings.samples(40), validation: Trainings.samples(9, seed: 2),
        backend: OneDNNBackend(threads: 2))
    }
    #expect(error?.likelyCause.contains("is likely too high") == true)
  }

  @Test(arguments: [true, false])
  func `diverging in the last step of all is noticed`(hasValidation: Bool) throws {
    let error = #expect(throws: TrainingDiverged.self) {
      try Trainings.trainer(training: "{epochs: 2, batch_size: 16}").train(
        on: Trainings.samples(40), validation: hasValidation ? Trainings.samples(9, seed: 2) : nil,
        backend: ScriptedBackend(validationLosses: [1, .nan]))
    }
    #expect(error?.epoch == 2)
    #expect(error?.step == 3)
  }
}
