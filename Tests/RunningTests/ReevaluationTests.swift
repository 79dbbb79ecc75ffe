import ExperimentExamples
import Files
import Foundation
import Records
import ReferenceBackend
import Running
import Testing

@Suite struct ReevaluationTests {
  /// Runs a spec, lets `change` its folder, and scores it anew.
  private func disagreements(after change: (RunFolder) throws -> Void) throws -> [String] {
    let plan = try #require(try Reading(spec()).plan)
    let root = NSTemporaryDirectory() + "exp-reevaluation-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: root) }
    let runner = try runner(plan)
    let run = try runner.begin(seed: 0, .example(root))
    let folder = runner.execute(run, observe: { _ in }, isInterrupted: { false }).folder
    try change(folder)
    return try Reevaluation(
      folder, context: .example(root), backend: ReferenceBackend(), dataDirectory: nil
    ).disagreements
  }

  @Test func anUntouchedRunAgrees() throws {
    #expect(try disagreements { _ in } == [])
  }

  @Test func aScoreThatIsNoNumberDisagrees() throws {
    let found = try disagreements { folder in
      let loss = try #require(try folder.results().test).loss
      let text = try Storage.readText(folder.path(of: .results))
      try folder.write(text.replacing("\"loss\": \(loss)", with: "\"loss\": \"nan\""), to: .results)
    }
    #expect(found.count == 2)
    #expect(found.first == "report.txt: it is not the report on the results")
    #expect(found.last?.hasPrefix("test_loss is ") == true)
    #expect(found.last?.hasSuffix(", recorded as nan") == true)
  }

  @Test(arguments: [0, 100])
  func aProbabilityThatIsNoNumberIsDamage(position: Int) throws {
    #expect(throws: DamagedFileError.self) {
      try disagreements { folder in
        let old = try folder.predictions()
        var probabilities = old.probabilities
        probabilities[position] = .nan
        try folder.write(
          PredictionTable(
            labels: old.labels, predicted: old.predicted, probabilities: probabilities,
            classNames: old.classNames))
      }
    }
  }

  @Test func aWeightThatIsNoNumberDisagrees() throws {
    let found = try disagreements { folder in
      let path = folder.path(of: .weights)
      let nan = withUnsafeBytes(of: Float.nan.bitPattern.littleEndian, Array.init)
      try folder.write(Storage.read(path, limit: .max).dropLast(nan.count) + nan, to: .weights)
    }
    #expect(found.last == "probabilities differ from predictions.csv by up to nan")
  }
}
