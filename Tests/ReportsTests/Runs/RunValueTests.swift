import Metrics
import Records
import Reports
import TemporaryFolders
import Testing

@Suite struct RunValueTests {
  private let run = RunRecord.example(mistakes: 8)

  @Test(arguments: [
    ("manifest.name", "mnist-baseline\n"), ("manifest.seed", "0\n"),
    ("results.test.accuracy", "0.992\n"), ("results.targets", "[]\n"),
    ("manifest.data.image_shape", "[28, 28, 1]\n"), ("manifest.data.image_shape.2", "1\n"),
    (
      "results.test.confusion_matrix",
      "[[500, 0], [8, 492]]\n"
    ),
  ])
  func valuesArePrintedAsTheyStand(key: String, text: String) throws {
    #expect(try run.value(at: key, in: .example()) == text)
  }

  @Test(arguments: [
    ("accuracy", "nothing is at 'accuracy'; the run has: manifest, results"),
    (
      "results.test.f1",
      "nothing is at 'results.test.f1'; 'results.test' has: loss, accuracy, precision_macro, "
        + "recall_macro, f1_macro, precision_micro, recall_micro, f1_micro, precision_weighted, "
        + "recall_weighted, f1_weighted, balanced_accuracy, cohen_kappa, matthews_corrcoef, "
        + "per_class, confusion_matrix"
    ),
    (
      "manifest.seed.first",
      "nothing is at 'manifest.seed.first'; 'manifest.seed' is a single value"
    ),
    (
      "manifest.data.image_shape.3",
      "nothing is at 'manifest.data.image_shape.3'; 'manifest.data.image_shape' has: 0, 1, 2"
    ),
  ])
  func unknownKeysSayWhatIsThere(key: String, message: String) throws {
    let error = try #require(throws: UnknownKeyError.self) {
      try run.value(at: key, in: .example())
    }
    #expect("\(error)" == message)
  }

  /// Names of evaluations may have points, as the addresses of values do.
  @Test func evaluationsAreAddressedByTheirNames() throws {
    let root = try TemporaryFolder()
    let folder = RunFolder(path: root.path)
    try folder.write(Manifest.example())
    let names = ["flowers", "flowers.v2"]
    for name in names {
      let predictions = PredictionTable(
        labels: [0, 1], predicted: [0, 0], probabilities: [0.75, 0.25, 0.5, 0.5],
        classNames: ["0", "1"], indices: [0, 1], files: nil)
      let record = EvaluationRecord(
        of: ScoredWeights(file: .weights, sha256: name),
        on: Manifest.Contents(part: .test, isHeldOut: false, count: 2, pixels: "", labels: ""),
        scores: predictions.scoresByCrossEntropy, predictions, mcNemar: nil)
      try folder.writeEvaluation(name, record, predictions)
    }
    let run = RunRecord.example(folder: folder)
    for name in names {
      let value = try run.value(at: "evaluations.\(name).weights.sha256", in: .example())
      #expect(value == "\(name)\n")
    }
    let error = #expect(throws: UnknownKeyError.self) {
      try run.value(at: "evaluations.flowers.v2.f1", in: .example())
    }
    #expect(error?.parent == "evaluations.flowers.v2")
  }

  @Test func anUnfinishedRunHasNoResults() throws {
    let run = RunRecord.example(status: .failed)
    #expect(throws: UnknownKeyError.self) {
      try run.value(at: "results.test.accuracy", in: .example())
    }
  }
}
