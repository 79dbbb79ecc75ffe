import Files
import Metrics
import Records
import TemporaryFolders
import Testing

@Suite struct ResultsTests {
  @Test func readsBack() throws {
    let root = try TemporaryFolder()
    let folder = RunFolder(path: root.path)
    try folder.write(Results.example)
    #expect(try folder.results() == .example)
  }

  @Test func infiniteLossReadsBack() throws {
    let root = try TemporaryFolder()
    let folder = RunFolder(path: root.path)
    let test = Scores(confusionMatrix: Scores.example.confusionMatrix, loss: .infinity)
    let results = Results(
      validation: nil, test: test, weightsEpoch: 1, weightsSHA256: "", epochs: 1, trainSeconds: 1,
      imagesPerSecond: 1,
      stopReason: nil, targets: [])
    try folder.write(results)
    #expect(try folder.results() == results)
  }

  @Test(arguments: ["-0.25", "1e300", "\"-inf\""])
  func `a loss that no network has is damage`(loss: String) throws {
    let root = try TemporaryFolder()
    let folder = RunFolder(path: root.path)
    try folder.write(Results.example)
    let path = folder.path(of: .results)
    let text = try Storage.readText(path)
    let changed = text.replacing("\"loss\": 0.25", with: "\"loss\": \(loss)")
    #expect(changed != text)
    try Folder(folder.path).write(changed, to: RunFile.results.rawValue)
    #expect(throws: DamagedFileError.self) { try folder.results() }
  }

  /// Results on test images of two classes with probabilities of both.
  private static func binary(threshold: DecisionThreshold?) -> Results {
    let labels = [0, 0, 1, 1]
    let samples = LabelledProbabilities(
      labels: labels, probabilities: [0.9, 0.1, 0.6, 0.4, 0.7, 0.3, 0.2, 0.8], classCount: 2)
    return Results(
      validation: nil,
      test: Scores(
        confusionMatrix: ConfusionMatrix(
          labels: labels, predictions: [0, 1, 0, 1], classCount: 2), loss: 0.5,
        probabilities: samples), weightsEpoch: 1, weightsSHA256: "", epochs: 1, trainSeconds: 1,
      imagesPerSecond: 1,
      stopReason: nil, targets: [], threshold: threshold)
  }

  @Test func `metrics of probabilities and the threshold read back, undefined ones, too`() throws {
    let root = try TemporaryFolder()
    let folder = RunFolder(path: root.path)
    let results = Self.binary(threshold: DecisionThreshold(value: 0.35))
    try folder.write(results)
    let text = try Storage.readText(folder.path(of: .results))
    #expect(text.contains("\"roc_auc_macro\": 0.75"))
    #expect(text.contains("\"top_5_accuracy\": null"))
    #expect(text.contains("\"threshold\": 0.35"))
    #expect(try folder.results() == results)
    #expect(
      results.report(classNames: ["cat", "dog"]).contains(
        """
        top_5_accuracy           undefined: there are no more than 5 classes, so that it is always 1
        """))
    #expect(
      results.report(classNames: ["cat", "dog"]).contains(
        "\ntaken for 'dog' from a probability of 0.3500 on, which has the highest balanced accuracy"
      ))
  }

  @Test func `results without a metric that was invented later have it if counts are enough`()
    throws
  {
    let root = try TemporaryFolder()
    let folder = RunFolder(path: root.path)
    try folder.write(Self.binary(threshold: nil))
    let lines = try Storage.readText(folder.path(of: .results)).split(separator: "\n")
    let old = lines.filter { line in
      !["roc_auc_macro", "balanced_accuracy"].contains { line.contains("\"\($0)\"") }
    }
    #expect(old.count == lines.count - 2)
    try Folder(folder.path).write(
      old.joined(separator: "\n") + "\n", to: RunFile.results.rawValue)
    let results = try folder.results()
    #expect(results.value(of: ScoreName(.test, .balancedAccuracy)) == 0.5)
    #expect(results.value(of: ScoreName(.test, .rocAUCMacro)) == nil)
    #expect(!results.report(classNames: ["cat", "dog"]).contains("balanced_accuracy"))
  }

  @Test(arguments: [
    ("\"roc_auc_macro\": 0.75", "\"roc_auc_macro\": 1.5"),
    ("\"log_loss\": 0.", "\"log_loss\": -0."), ("\"threshold\": 0.35", "\"threshold\": 2"),
    ("\"threshold\": 0.35", "\"threshold\": \"nan\""),
  ])
  func `a value that no metric has is damage`(text: String, other: String) throws {
    let root = try TemporaryFolder()
    let folder = RunFolder(path: root.path)
    try folder.write(Self.binary(threshold: DecisionThreshold(value: 0.35)))
    let written = try Storage.readText(folder.path(of: .results))
    let changed = written.replacing(text, with: other)
    #expect(changed != written)
    try Folder(folder.path).write(changed, to: RunFile.results.rawValue)
    #expect(throws: DamagedFileError.self) { try folder.results() }
  }

  @Test func `a target whose score is undefined is not met, but cannot be judged`() {
    let name = ScoreName(.test, .topAccuracy5)
    let result = TargetResult(name: name, wanted: 0.9, got: nil)
    #expect(!result.isMet)
    #expect(result.verdict == .unknown)
    #expect(TargetResult(name: name, wanted: 0.9, got: 0.8).verdict == .missed)
    #expect(TargetResult(name: name, wanted: 0.9, got: 1).verdict == .met)
  }

  @Test func valuesHaveTheirSetsName() {
    #expect(Results.example.value(of: ScoreName(.test, .loss)) == 0.25)
    #expect(Results.example.value(of: ScoreName(.test, .precisionMacro)) == 0.75)
    #expect(Results.example.value(of: ScoreName(.validation, .loss)) == nil)
  }

  @Test(arguments: [
    (Metric.f1Macro, 0.98, 0.98, true), (.accuracy, 0.98, 0.97, false), (.loss, 0.1, 0.05, true),
    (.loss, 0.1, 0.2, false), (.loss, 0.1, .nan, false), (.accuracy, 0.1, .nan, false),
  ])
  func targetsAreBoundsFromTheRightSide(
    metric: Metric, wanted: Double, got: Double, isMet: Bool
  ) {
    let name = ScoreName(.validation, metric)
    #expect(TargetResult(name: name, wanted: wanted, got: got).isMet == isMet)
  }

  @Test func `the report says which class counts as 0 because it has no images`() {
    let results = Results(
      validation: nil,
      test: Scores(
        confusionMatrix: ConfusionMatrix(labels: [0, 0], predictions: [0, 1], classCount: 2),
        loss: 1),
      weightsEpoch: 2, weightsSHA256: "", epochs: 3, trainSeconds: 4, imagesPerSecond: 5,
      stopReason: nil, targets: [])
    #expect(
      results.report(classNames: ["cat", "dog"]).contains(
        """

        warning: class 'dog' has no images here, but some predictions; the macro averages count 0 there

        rows: actual class
        """))
  }

  @Test func reportHasASectionForEachSet() {
    let results = Results(
      validation: Scores(
        confusionMatrix: ConfusionMatrix(labels: [0, 1], predictions: [0, 0], classCount: 2),
        loss: 1),
      test: .example, weightsEpoch: 2, weightsSHA256: "", epochs: 3, trainSeconds: 4,
      imagesPerSecond: 5,
      stopReason: nil, targets: [])
    #expect(
      results.report(classNames: ["cat", "dog"]) == """
        Validation: 2 images, weights of epoch 2, loss 1.0000

                      precision    recall  f1-score   support

                 cat     0.5000    1.0000    0.6667         1
                 dog     0.0000    0.0000    0.0000         1

            accuracy                         0.5000         2
           macro avg     0.2500    0.5000    0.3333         2
        weighted avg     0.2500    0.5000    0.3333         2

        balanced_accuracy  0.5000
        cohen_kappa        0.0000
        matthews_corrcoef  0.0000

        warning: class 'dog' is never predicted; precision counts as 0 there

        rows: actual class, columns: predicted class

             cat  dog
        cat    1    .
        dog    1    .

        Test: 3 images, weights of epoch 2, loss 0.2500

                      precision    recall  f1-score   support

                 cat     0.5000    1.0000    0.6667         1
                 dog     1.0000    0.5000    0.6667         2

            accuracy                         0.6667         3
           macro avg     0.7500    0.7500    0.6667         3
        weighted avg     0.8333    0.6667    0.6667         3

        balanced_accuracy  0.7500
        cohen_kappa        0.4000
        matthews_corrcoef  0.5000

        rows: actual class, columns: predicted class

             cat  dog
        cat    1    .
        dog    1    1

        """)
  }
}
