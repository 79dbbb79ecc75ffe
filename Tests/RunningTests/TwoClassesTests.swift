import Datasets
import ExperimentExamples
import Files
import Foundation
import Metrics
import Plans
import Records
import ReferenceBackend
import Running
import TemporaryFolders
import Testing

/// Bright and dark images as IDX files, of which one in `rarity` is bright. Bright is class 1, or 0 in files that are
/// `flipped`.
struct TwoClassImages {
  let folder: TemporaryFolder

  init(training: Int = 90, test: Int = 40, rarity: Int = 5, flipped: Bool = false) throws {
    folder = try TemporaryFolder()
    for (name, count) in [("train", training), ("t10k", test)] {
      let labels = (0..<count).map { UInt8($0 % rarity == 0 ? 1 : 0) }
      // Overlapping, so that no threshold is perfect.
      let images = labels.enumerated().flatMap { image, label in
        (0..<16).map { UInt8(60 + 40 * Int(label) + (image * 37 + $0 * 11) % 90) }
      }
      func write(_ file: String, _ header: [UInt8], _ bytes: [UInt8]) throws {
        try Data(header + bytes).write(to: URL(fileURLWithPath: "\(folder.path)/\(name)-\(file)"))
      }
      func word(_ number: Int) -> [UInt8] { [0, 0, UInt8(number >> 8), UInt8(number & 255)] }
      try write(
        "images-idx3-ubyte", [0, 0, 8, 3] + word(count) + word(4) + word(4), images)
      try write(
        "labels-idx1-ubyte", [0, 0, 8, 1] + word(count), flipped ? labels.map { 1 - $0 } : labels)
    }
  }

  /// A spec of a network with one output; `changes` replaces sections.
  func spec(_ changes: [String: String] = [:], classNames: String = "[dark, bright]") -> String {
    ExperimentExamples.spec(
      [
        "data":
          "{dataset: {type: idx, path: '\(folder.path)', class_names: \(classNames)}, validation: 30}",
        "model": "{layers: [flatten, {type: dense, units: 1, activation: sigmoid}]}",
        "loss": "binary_crossentropy",
      ].merging(changes) { $1 })
  }
}

@Suite struct TwoClassesTests {
  private let images: TwoClassImages
  private let runs: TemporaryFolder

  init() throws {
    images = try TwoClassImages()
    runs = try TemporaryFolder()
  }

  private func plan(_ changes: [String: String] = [:]) throws -> ExperimentPlan {
    let reading = try Reading(images.spec(changes))
    return try #require(reading.plan, "\(reading.text)")
  }

  private func run(seed: Int = 0, _ changes: [String: String] = [:]) throws -> RunFolder {
    try run(plan(changes), seed: seed)
  }

  private func run(_ plan: ExperimentPlan, seed: Int = 0) throws -> RunFolder {
    let runner = try runner(plan)
    return runner.execute(
      try runner.begin(seed: seed, .example(runs.path)), observe: { _ in },
      isInterrupted: { false }
    ).folder
  }

  private func disagreements(_ folder: RunFolder) throws -> [String] {
    try Reevaluation(
      folder, context: .example(runs.path), backend: ReferenceBackend(), dataDirectory: nil
    ).disagreements
  }

  @Test func `the threshold chosen on validation images decides test scores and predictions`()
    throws
  {
    let folder = try run()
    let (results, predictions) = (try folder.results(), try folder.predictions())
    let threshold = try #require(results.threshold)
    #expect(predictions.classNames == ["dark", "bright"])
    for (image, predicted) in predictions.predicted.enumerated() {
      let (other, own) = (
        predictions.probabilities[2 * image], predictions.probabilities[2 * image + 1]
      )
      #expect(abs(other + own - 1) < 1e-6)
      #expect(predicted == (Double(own) >= threshold.value ? 1 : 0))
    }
    #expect(results.test?.confusionMatrix == predictions.confusionMatrix)
    // At one half nothing would be taken for the rare class.
    #expect(predictions.predicted.contains(1))
    let report = try folder.text(of: .report)
    #expect(report.components(separatedBy: "taken for 'bright' from a probability of").count == 2)
  }

  /// On the images that it was chosen on, a threshold makes something of noise.
  @Test(arguments: ["", ", folds: 3"])
  func `validation scores are at one half`(folds: String) throws {
    let split = folds.isEmpty ? ", validation: 30" : folds
    let data =
      "{dataset: {type: idx, path: '\(images.folder.path)', class_names: [dark, bright]}\(split)}"
    let folder = try run(["data": data])
    let results = try folder.results()
    #expect(results.threshold != nil)
    let validation = try #require(results.validation)
    let last = try #require(try folder.history().records.last)
    #expect(Metric.recallMacro.value(in: validation) == last["val_recall_macro"])
    #expect(try disagreements(folder) == [])
  }

  @Test func `the record agrees with a run that is scored anew`() throws {
    #expect(try disagreements(try run()) == [])
  }

  @Test func `another threshold in the record disagrees`() throws {
    let folder = try run()
    let path = folder.path(of: .results)
    let text = try Storage.readText(path)
    let value = try #require(folder.results().threshold).value
    let changed = text.replacing("\"threshold\": \(value)", with: "\"threshold\": 0.999")
    #expect(changed != text)
    try Data(changed.utf8).write(to: URL(fileURLWithPath: path))
    let found = try disagreements(folder)
    #expect(found.contains { $0.hasPrefix("the threshold is ") })
    #expect(found.contains { $0.contains("is not taken for the class that the threshold says") })
  }

  @Test func `another area under the curve in the record disagrees`() throws {
    let folder = try run()
    let path = folder.path(of: .results)
    let text = try Storage.readText(path)
    let value = try #require(folder.results().value(of: ScoreName(.test, .rocAUCMacro)))
    let changed = text.replacing("\"roc_auc_macro\": \(value)", with: "\"roc_auc_macro\": 0.999")
    #expect(changed != text)
    try Data(changed.utf8).write(to: URL(fileURLWithPath: path))
    #expect(
      try disagreements(folder).contains {
        $0.contains("'roc_auc_macro' is not that of the probabilities in predictions.csv")
      })
  }

  @Test func `a saved model predicts by the threshold, an ensemble by the mean of them`() throws {
    let folders = try [0, 1].map { try run(seed: $0) }
    let thresholds = try folders.map { try #require($0.results().threshold).value }
    #expect(try Predictor([folders[0]], for: []).threshold?.value == thresholds[0])
    #expect(
      try Predictor(folders, for: []).threshold?.value == (thresholds[0] + thresholds[1]) / 2)
    let model = try SavedModel(folders[0])
    let calibration = try model.requireCalibration()
    let scaled = try #require(model.threshold(by: calibration)).value
    let calibrated = try Predictor([folders[0]], for: [], isCalibrated: true)
    #expect(calibrated.threshold?.value == scaled)
  }

  @Test func `an ensemble tells two classes alike in whatever order its members have them`() throws
  {
    let flipped = try TwoClassImages(flipped: true)
    // Trained well enough to tell them apart.
    let training = [
      "training": "{epochs: 40, batch_size: 16}", "optimizer": "{type: adam, learning_rate: 0.05}",
    ]
    let reading = try Reading(flipped.spec(training, classNames: "[bright, dark]"))
    let other = try run(try #require(reading.plan, "\(reading.text)"), seed: 1)
    let own = try run(training)
    #expect(try other.predictions().classNames == ["bright", "dark"])
    let thresholds = try [own, other].map { try #require($0.results().threshold).value }
    // That of 'bright', which the other network has as the probability that it is not dark.
    let mean = (thresholds[0] + 1 - thresholds[1]) / 2
    #expect(abs(try #require(Predictor([own, other], for: []).threshold).value - mean) < 1e-12)
    #expect(
      abs(try #require(Predictor([other, own], for: []).threshold).value - (1 - mean)) < 1e-12)
    let set = try TestSet(plan().spec.data, from: DataLocations())
    let predictions = try [[own, other], [other, own]].map { folders in
      var evaluations = DataEvaluations(
        on: set, recordedAs: "both", makeEnsemble: true, backend: ReferenceBackend())
      for folder in folders { _ = try evaluations.add(SavedModel(folder)) }
      return evaluations.ensemble().evaluation.predictions
    }
    let names = predictions.map { table in table.predicted.map { table.classNames[$0] } }
    #expect(names[0] == names[1])
    #expect(Set(names[0]) == ["dark", "bright"])
    let (one, two) = (predictions[0].probabilities, predictions[1].probabilities)
    for image in 0..<40 {
      #expect(one[2 * image + 1] == two[2 * image])
      #expect((Double(one[2 * image + 1]) >= mean) == (names[0][image] == "bright"))
    }
  }

  @Test func `an evaluation on the run's own test images has its scores`() throws {
    let folder = try run()
    let set = try TestSet(plan().spec.data, from: DataLocations())
    var evaluations = DataEvaluations(
      on: set, recordedAs: "again", backend: ReferenceBackend())
    let row = try evaluations.add(SavedModel(folder))
    try evaluations.record(row)
    #expect(row.evaluation.scores == (try folder.results().test))
  }

  @Test func `without validation images the more probable class counts`() throws {
    let data = "{dataset: {type: idx, path: '\(images.folder.path)', class_names: [dark, bright]}}"
    let folder = try run(["data": data])
    #expect(try folder.results().threshold == nil)
    #expect(try disagreements(folder) == [])
  }

  @Test func `a softmax of two classes needs no threshold`() throws {
    let folder = try run([
      "model": "{layers: [flatten, {type: dense, units: 2, activation: softmax}]}",
      "loss": "categorical_crossentropy",
    ])
    #expect(try folder.results().threshold == nil)
  }

  @Test func `balanced sampling finds more of a rare class`() throws {
    func recall(_ training: String) throws -> Double {
      let folder = try run([
        "training": training,
        "model": "{layers: [flatten, {type: dense, units: 2, activation: softmax}]}",
        "loss": "categorical_crossentropy",
      ])
      #expect(try disagreements(folder) == [])
      let test = try #require(try folder.results().test)
      return test.perClass[1].recall
    }
    let balanced = try recall("{epochs: 20, batch_size: 16, sampling: balanced}")
    let uniform = try recall("{epochs: 20, batch_size: 16}")
    #expect(balanced > uniform)
  }

  @Test func `balanced sampling of a class without images is a located error`() throws {
    let spec = images.spec(
      [
        "training": "{epochs: 3, sampling: balanced}",
        "model": "{layers: [flatten, {type: dense, units: 3, activation: softmax}]}",
        "loss": "categorical_crossentropy",
      ], classNames: "[dark, bright, blue]")
    let reading = try Reading(spec)
    #expect(reading.plans.isEmpty)
    #expect(
      reading.text.contains(
        "error: balanced sampling has nothing to draw: no training image is of blue\n"))
    #expect(reading.text.contains("test.yaml:"))
  }

  @Test func `class weights on top of balanced sampling are pointed out`() throws {
    let reading = try Reading(
      images.spec([
        "training": "{epochs: 3, sampling: balanced}",
        "loss": "{type: binary_crossentropy, class_weight: balanced}",
      ]))
    #expect(reading.plan != nil)
    #expect(
      reading.text.contains(
        "warning: the weights do nothing: balanced sampling draws as many of each class"))
  }
}
