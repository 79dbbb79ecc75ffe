import Datasets
import ExperimentExamples
import Files
import Foundation
import Learning
import Plans
import Records
import ReferenceBackend
import Running
import Tensors
import Testing

@Suite struct SavedModelTests {
  /// Runs a spec with `changes`, and lets `examine` its folder.
  private func run(
    _ changes: [String: String] = [:],
    isInterrupted: @escaping () -> Bool = { false },
    examine: (RunFolder, Runner) throws -> Void
  ) throws {
    let plan = try #require(try Reading(spec(changes)).plan)
    let root = NSTemporaryDirectory() + "exp-saved-model-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: root) }
    let runner = try runner(plan)
    let run = try runner.begin(seed: 0, .example(root))
    let outcome = runner.execute(run, observe: { _ in }, isInterrupted: isInterrupted)
    try examine(outcome.folder, runner)
  }

  private func scores(_ model: SavedModel, _ runner: Runner) throws -> Evaluation {
    try Evaluation(model.program(ReferenceBackend()), runner.data.final)
  }

  /// The best epoch is not the last one: the learning rate only falls.
  private let bestAndLast = [
    "optimizer":
      "{type: sgd, learning_rate: {type: piecewise_constant, boundaries: [3, 6], values: [0.1, 0.1, 0.01]}}",
    "callbacks":
      "[{type: model_checkpoint, monitor: learning_rate, mode: max, save_best_only: true, save_last: true}]",
  ]

  @Test func `a saved model predicts what its run recorded`() throws {
    try run { folder, runner in
      let model = try SavedModel(folder)
      let recorded = try folder.predictions()
      #expect(try scores(model, runner).predictions.probabilities == recorded.probabilities)
      #expect(model.classNames == recorded.classNames)
      #expect(model.scaling == runner.data.description.scaling)
      let results = try folder.results()
      #expect(model.calibration?.temperature == results.temperature)
      #expect(results.temperature != nil)
    }
  }

  @Test func `without validation images no temperature is fitted`() throws {
    let data = "{dataset: {type: synthetic_digits, training: 60, test: 20, size: 16}}"
    try run(["data": data]) { folder, _ in
      let (results, model) = (try folder.results(), try SavedModel(folder))
      #expect(results.temperature == nil)
      #expect(model.calibration == nil)
    }
  }

  @Test func `the last weights are others than the best`() throws {
    try run(bestAndLast) { folder, runner in
      let results = try folder.results()
      #expect(results.weightsEpoch < results.epochs)
      let (best, last) = (try SavedModel(folder), try SavedModel(folder, .last))
      #expect(best.parameters != last.parameters)
      #expect(try scores(best, runner).scores == results.test)
      // Only the weights of the results are calibrated.
      #expect(last.calibration == nil)
      // They are those after the last epoch of validation in the history.
      let program = try last.program(ReferenceBackend())
      let validation = try #require(runner.data.validation)
      let loss = try Evaluation(program, validation).scores.loss
      let record = try folder.history().records.last
      #expect(record?["val_loss"] == loss)
    }
  }

  @Test func `where the best weights are the last, they are not saved twice`() throws {
    try run { folder, _ in
      #expect(!folder.contains(.lastWeights))
      let (best, last) = (try SavedModel(folder), try SavedModel(folder, .last))
      #expect(last.parameters == best.parameters)
    }
  }

  @Test func `last weights that were not saved are an error with a way out`() throws {
    let callback =
      "[{type: model_checkpoint, monitor: learning_rate, mode: max, save_best_only: true}]"
    try run(bestAndLast.merging(["callbacks": callback]) { $1 }) { folder, _ in
      let error = #expect(throws: NoWeightsError.self) { try SavedModel(folder, .last) }
      #expect(error?.description.contains("'save_last: true' of 'model_checkpoint'") == true)
    }
  }

  @Test func `a run that was stopped before it saved weights has none`() throws {
    let stopped = { true }
    try run([:], isInterrupted: stopped) { folder, _ in
      #expect(throws: NoWeightsError.self) { try SavedModel(folder) }
    }
  }

  @Test(arguments: [Float.nan, .infinity])
  func `weights that are no numbers are damage`(value: Float) throws {
    try run { folder, _ in
      var weights = try SavedModel(folder).parameters
      weights.entries[1].tensor.values[0] = value
      try folder.write(Safetensors.encode(weights, metadata: [:]), to: .weights)
      let error = #expect(throws: DamagedFileError.self) { try SavedModel(folder) }
      #expect(error?.reason.hasSuffix("has values that are no finite numbers") == true)
    }
  }

  @Test func `weights that the results were not measured with are damage`() throws {
    try run { folder, _ in
      var weights = try SavedModel(folder).parameters
      weights.entries[1].tensor.values[0] += 1
      try folder.write(Safetensors.encode(weights, metadata: [:]), to: .weights)
      let error = #expect(throws: DamagedFileError.self) { try SavedModel(folder) }
      #expect(
        error?.reason == "it is not what the results were measured with: its SHA-256 is another")
    }
  }

  @Test func `last weights that somebody has taken away are said to be lost`() throws {
    try run(bestAndLast) { folder, _ in
      try FileManager.default.removeItem(atPath: folder.path(of: .lastWeights))
      let error = #expect(throws: NoWeightsError.self) { try SavedModel(folder, .last) }
      #expect(error?.description.hasSuffix("or somebody has taken it away") == true)
    }
  }

  @Test func `weights of another network are damage`() throws {
    try run { folder, _ in
      let other = NamedTensors([
        .init(name: "dense.kernel", tensor: Tensor(shape: [1], values: [1]))
      ])
      try folder.write(Safetensors.encode(other, metadata: [:]), to: .weights)
      let error = #expect(throws: DamagedFileError.self) { try SavedModel(folder) }
      #expect(error?.reason.contains("SHA-256") == false, "what differs is said")
    }
  }

  @Test(arguments: [
    ("\"shift\": [0.0]", "\"shift\": [0, 1]"), ("\"divisor\": [255.0]", "\"divisor\": [0]"),
    ("\"image_shape\": [16", "\"image_shape\": [-16"),
    ("\"divisor\": [255.0]", "\"divisor\": [-255]"),
    ("\"divisor\": [255.0]", "\"divisor\": [5e-324]"),
    ("\"shift\": [0.0]", "\"shift\": [1e300]"), ("\"1\"", "\"0\""),
    ("\"image_shape\": [16", "\"image_shape\": [16, 16"), ("\"count\": ", "\"count\": -"),
  ])
  func `records that cannot be true are damage`(old: String, new: String) throws {
    try run { folder, _ in
      let text = try folder.text(of: .manifest)
      let changed = text.replacing(old, with: new)
      #expect(changed != text)
      try folder.write(changed, to: .manifest)
      #expect(throws: DamagedFileError.self) { try SavedModel(folder) }
    }
  }
}
