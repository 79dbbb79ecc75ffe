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
      validation: nil, test: test, weightsEpoch: 1, epochs: 1, trainSeconds: 1, imagesPerSecond: 1,
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
      weightsEpoch: 2, epochs: 3, trainSeconds: 4, imagesPerSecond: 5, stopReason: nil, targets: [])
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
      test: .example, weightsEpoch: 2, epochs: 3, trainSeconds: 4, imagesPerSecond: 5,
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

        rows: actual class, columns: predicted class

             cat  dog
        cat    1    .
        dog    1    1

        """)
  }
}
