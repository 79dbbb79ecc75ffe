import Datasets
import ExperimentExamples
import Files
import Foundation
import Learning
import ReferenceBackend
import Running
import TemporaryFolders
import Testing

@Suite struct RunnerTests {
  /// Runs the spec from seed 0 on the plain-loop backend; the folder is removed afterwards.
  private func run<Result>(
    _ changes: [String: String], isInterrupted: @escaping (Int) -> Bool = { _ in false },
    observe: @escaping (RunEvent, _ root: String) -> Void = { _, _ in },
    examine: (Runner.Outcome) throws -> Result
  ) throws -> Result {
    let reading = try Reading(spec(changes))
    let plan = try #require(reading.plan, "\(reading.text)")
    let root = NSTemporaryDirectory() + "exp-runner-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: root) }
    let runner = try runner(plan)
    var steps = 0
    return try examine(
      runner.execute(
        runner.begin(seed: 0, .example(root)), observe: { observe($0, root) },
        isInterrupted: {
          steps += 1
          return isInterrupted(steps)
        }))
  }

  @Test func `without the claim that it needs no run begins`() throws {
    let runs = try RunsFolder()
    let claims = try TemporaryFolder()
    let folder = try Folder(claims.path)
    let claim = try #require(try folder.takeLease("cell", after: .free))
    try writeForeignLease(folder.path + "/cell.2", age: 0)
    #expect(throws: LeaseLostError.self) {
      try runs.runner.begin(seed: 0, .example(runs.path), holding: claim)
    }
    let experiment = try #require(try Folder(runs.path).names().first)
    #expect(try Folder("\(runs.path)/\(experiment)").entries().isEmpty)
  }

  /// Callbacks that watch a column which never improves, so that the first epoch is the best.
  private func watching(_ callback: String) -> [String: String] {
    ["callbacks": "[{\(callback), monitor: learning_rate}]"]
  }

  @Test func withoutCallbacksTheLastWeightsCount() throws {
    try run([:]) { #expect($0.results?.weightsEpoch == 3) }
  }

  @Test(arguments: [
    "type: model_checkpoint, save_best_only: true",
    "type: early_stopping, patience: 9, restore_best_weights: true",
  ])
  func theBestWeightsCountIfKept(callback: String) throws {
    try run(watching(callback)) { outcome in
      let results = try #require(outcome.results)
      let best = try outcome.folder.history().records[0]
      #expect(results.weightsEpoch == 1)
      #expect(results.epochs == 3)
      #expect(results.validation?.loss == best["val_loss"])
      #expect(results.validation?.f1Macro == best["val_f1_macro"])
    }
  }

  @Test(arguments: [
    "type: model_checkpoint", "type: early_stopping, patience: 9",
  ])
  func otherCallbacksLeaveTheLastWeights(callback: String) throws {
    try run(watching(callback)) { #expect($0.results?.weightsEpoch == 3) }
  }

  @Test func theCheckpointCountsMoreThanWhatIsRestored() throws {
    let callbacks =
      "[{type: early_stopping, patience: 9, restore_best_weights: true, monitor: learning_rate}, "
      + "{type: model_checkpoint, save_best_only: true, monitor: epoch, mode: max}]"
    try run(["callbacks": callbacks]) { #expect($0.results?.weightsEpoch == 3) }
  }

  @Test func theLastCheckpointsAreKept() throws {
    let changes = [
      "training": "{epochs: 5, batch_size: 16}",
      "callbacks": "[{type: model_checkpoint, max_to_keep: 2}]",
    ]
    try run(changes) { outcome in
      let folder = outcome.folder
      #expect(
        try Folder(folder.path + "/checkpoints").names()
          == ["epoch-004.safetensors", "epoch-005.safetensors"])
      let weights = try Storage.read(folder.path(of: .weights))
      #expect(try Storage.read(folder.path + "/checkpoints/epoch-005.safetensors") == weights)
      #expect(try Storage.read(folder.path + "/checkpoints/epoch-004.safetensors") != weights)
    }
  }

  @Test func resultsAreThoseOfTheAverage() throws {
    try run(["callbacks": "[{type: exponential_moving_average, momentum: 0.9}]"]) { outcome in
      let results = try #require(outcome.results)
      let last = try #require(try outcome.folder.history().records.last)
      #expect(results.weightsEpoch == 3)
      #expect(results.validation?.loss == last["val_loss"])
    }
  }

  @Test func thePlateauLowersTheLearningRate() throws {
    let changes = watching("type: reduce_lr_on_plateau, factor: 0.5, patience: 1")
      .merging(["training": "{epochs: 4}", "optimizer": "{type: sgd, learning_rate: 0.25}"]) { $1 }
    try run(changes) { outcome in
      let rates = try outcome.folder.history().records.map(\.learningRate)
      // A falling rate is an improvement of itself, but for the second epoch's.
      #expect(rates == [0.25, 0.25, 0.125, 0.125])
    }
  }

  @Test func stoppingEarlyIsRecorded() throws {
    let changes = watching("type: early_stopping, patience: 2")
      .merging(["training": "{epochs: 9}"]) { $1 }
    try run(changes) { outcome in
      let history = try outcome.folder.history()
      #expect(history.records.count == 3)
      #expect(outcome.status == .completed)
      #expect(outcome.results?.epochs == 3)
      #expect(
        outcome.results?.stopReason
          == "learning_rate has not improved for 2 epochs; the best epoch was 1")
    }
  }

  @Test func mistakesAreKeptAsPictures() throws {
    // Nothing is learned, so that most of the images are taken for another class.
    let changes = ["optimizer": "{type: sgd, learning_rate: 1e-9}", "training": "{epochs: 1}"]
    try run(changes) { outcome in
      let mistakes = try outcome.folder.predictions().mistakes()
      #expect(mistakes.count > 5)
      let pictures = try Folder(outcome.folder.path + "/mistakes").names()
      #expect(pictures.count == mistakes.count)
      let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47]
      for mistake in mistakes {
        #expect(try outcome.folder.mistake(of: .test, at: mistake.index)?.starts(with: png) == true)
      }
    }
  }

  @Test func anInterruptedRunKeepsWhatItHas() throws {
    let changes = [
      "training": "{epochs: 5, batch_size: 16}",
      "callbacks": "[{type: model_checkpoint, monitor: val_loss}]",
    ]
    // 40 images are 3 steps an epoch: the eighth step is the second of the third epoch.
    try run(
      changes, isInterrupted: { $0 == 8 },
      examine: { outcome in
        #expect(outcome.status == .interrupted)
        #expect(outcome.results == nil)
        #expect(outcome.error?.epoch == 3)
        #expect(outcome.error?.step == 1)
        let manifest = try outcome.folder.manifest()
        #expect(manifest.status == .interrupted)
        #expect(manifest.exitCode == 75)
        #expect(manifest.failure?.epoch == 3)
        #expect(manifest.ended != nil)
        #expect(try outcome.folder.history().records.count == 2)
        #expect(outcome.folder.contains(.weights))
        #expect(!outcome.folder.contains(.results))
      })
  }

  @Test func aDivergedRunSaysWhere() throws {
    try run(["optimizer": "{type: sgd, learning_rate: 1e30}"]) { outcome in
      #expect(outcome.status == .diverged)
      #expect(outcome.exit == .runFailed)
      #expect(outcome.error?.cause is TrainingDiverged)
      #expect(try outcome.folder.manifest().exitCode == 1)
      let failure = try #require(try outcome.folder.manifest().failure)
      #expect(failure.epoch == 1)
      #expect(failure.message.hasPrefix("the loss is no longer a finite number; "))
    }
  }

  @Test func theLogIsReadable() throws {
    try run(watching("type: model_checkpoint, save_best_only: true")) { outcome in
      let lines = try Storage.readText(outcome.folder.path(of: .log)).split(separator: "\n")
        .map { $0.drop { $0 != " " }.dropFirst().replacing(/\d\.\d+/, with: "#") }
      let epoch =
        "loss #, accuracy #, val_loss #, val_accuracy #, val_precision_macro #, "
        + "val_recall_macro #, val_f1_macro # (# s)"
      #expect(
        lines == [
          "seed 0 starts: exp", "epoch 1: \(epoch)", "weights of epoch 1 saved",
          "epoch 2: \(epoch)", "epoch 3: \(epoch)", "completed",
        ])
    }
  }

  @Test func aFailureThatCannotBeRecordedIsSaidAsWell() throws {
    let removeFolder = { (event: RunEvent, root: String) in
      if case .epochEnded = event { try? FileManager.default.removeItem(atPath: root) }
    }
    try run(
      [:], observe: removeFolder,
      examine: { outcome in
        let lines = try #require(outcome.error).description.split(separator: "\n")
        #expect(outcome.status == .interrupted)
        #expect(outcome.exit == .inputOutput)
        #expect(
          lines.first?.contains(": cannot create '\(outcome.folder.path)/state'") == true)
        #expect(
          lines.last?.hasPrefix("not recorded: cannot write '\(outcome.folder.path)/run.json'")
            == true)
      })
  }

  @Test func anUnwritableFolderIsNoRun() throws {
    let plan = try #require(try Reading(spec()).plan)
    let runner = try runner(plan)
    #expect(throws: StorageError.self) { try runner.begin(seed: 0, .example("/dev/null/runs")) }
  }
}
