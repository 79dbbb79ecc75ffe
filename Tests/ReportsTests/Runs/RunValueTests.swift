import Records
import Reports
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

  @Test func anUnfinishedRunHasNoResults() throws {
    let run = RunRecord.example(status: .failed)
    #expect(throws: UnknownKeyError.self) {
      try run.value(at: "results.test.accuracy", in: .example())
    }
  }
}
