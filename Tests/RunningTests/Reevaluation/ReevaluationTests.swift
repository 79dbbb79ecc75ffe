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

  /// Records the run's own predictions as an evaluation on other data.
  private func addEvaluation(to folder: RunFolder, sha256: String? = nil) throws {
    let (predictions, manifest) = (try folder.predictions(), try folder.manifest())
    let weights = try sha256 ?? SHA256().hexDigest(ofFile: folder.path(of: .weights))
    try folder.writeEvaluation(
      "other",
      EvaluationRecord(
        of: .init(file: .weights, sha256: weights), on: #require(manifest.data.contents(of: .test)),
        scores: #require(try folder.results().test), predictions), predictions)
  }

  @Test func `an evaluation on other data agrees`() throws {
    #expect(try disagreements { try addEvaluation(to: $0) } == [])
  }

  @Test func `an evaluation of weights that the run has no longer disagrees`() throws {
    let found = try disagreements { try addEvaluation(to: $0, sha256: "ab") }
    #expect(
      found == ["evaluations/other: it scored other weights than weights.safetensors has now"])
  }

  @Test(
    "an evaluation that cannot be read disagrees, and the run is scored all the same",
    arguments: [
      ("predictions.csv is missing", "rm other/predictions.csv"),
      (
        "cannot read 'predictions.csv': it is a link, which is not followed",
        "ln -sf /dev/zero other/predictions.csv"
      ),
      ("cannot read 'other': it is a link, which is not followed", "mv other x && ln -s x other"),
      ("report.txt is missing", "rm other/report.txt"),
      (
        "report.txt is damaged: it is not the report on the scores",
        "sed -i s/accuracy/Accuracy/ other/report.txt"
      ),
      (
        "ensemble.txt is damaged: there is no ensemble.json of which it is",
        "echo The mean > other/ensemble.txt"
      ),
      (
        "evaluation.json: 'scores.accuracy' is ",
        #"sed -i -E 's/("accuracy": )[0-9.]+/\10.125/' other/evaluation.json"#
      ),
      (
        "it has no evaluation.json, which 'exp evaluate --data' makes anew",
        "rm other/evaluation.json"
      ),
      ("evaluation.json is damaged: it is not complete JSON", "echo { > other/evaluation.json"),
      (
        "'evaluation.json' was written by a newer exp: it has format 99",
        #"echo '{"format": 99}' > other/evaluation.json"#
      ),
    ])
  func unreadableEvaluations(reason: String, command: String) throws {
    let found = try disagreements { folder in
      try addEvaluation(to: folder)
      let shell = Process()
      shell.executableURL = URL(fileURLWithPath: "/bin/sh")
      shell.arguments = ["-c", "cd \(folder.path)/evaluations && \(command)"]
      try shell.run()
      shell.waitUntilExit()
      try #require(shell.terminationStatus == 0)
    }
    try #require(found.contains { $0.hasPrefix("evaluations/other: \(reason)") }, "\(found)")
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

  @Test func aWeightThatIsNoNumberIsDamage() throws {
    let error = #expect(throws: DamagedFileError.self) {
      try disagreements { folder in
        let path = folder.path(of: .weights)
        let nan = withUnsafeBytes(of: Float.nan.bitPattern.littleEndian, Array.init)
        try folder.write(Storage.read(path, limit: .max).dropLast(nan.count) + nan, to: .weights)
      }
    }
    #expect(error?.reason.hasSuffix("has values that are no finite numbers") == true)
  }
}
