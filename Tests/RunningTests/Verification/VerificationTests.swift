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

@Suite struct VerificationTests {
  /// Runs a spec, lets `change` its folder, and repeats it.
  private func verdict(
    _ changes: [String: String] = [:], isQuick: Bool = false, cpu: String = "Zen",
    stoppingAt step: Int? = nil, after change: (RunFolder) throws -> Void = { _ in },
    observe: @escaping (RunEvent) -> Void = { _ in },
    isInterrupted: @escaping () -> Bool = { false }
  ) throws -> Verdict {
    let plan = try #require(try Reading(spec(changes)).plan)
    let root = NSTemporaryDirectory() + "exp-verification-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: root) }
    let runner = try runner(plan)
    var steps = 0
    let outcome = runner.execute(
      try runner.begin(seed: 3, .example(root)), observe: { _ in },
      isInterrupted: {
        steps += 1
        return steps == step
      })
    if step != nil { try resume(outcome.folder, root) }
    try change(outcome.folder)
    let loader = DataLoader()
    let verification = try Verification(
      of: outcome.folder, context: .example(root, cpu: cpu), backend: ReferenceBackend(),
      locations: DataLocations(), loader: loader)
    let verdict = try verification.execute(
      isQuick: isQuick, observe: observe, isInterrupted: isInterrupted)
    // What is kept is below `…/exp-XXXXXX/test`.
    let place = Storage.parent(of: Storage.parent(of: verdict.repetition.path))
    #expect(Storage.exists(place) == !verdict.agrees)
    try? FileManager.default.removeItem(atPath: place)
    return verdict
  }

  private func resume(_ folder: RunFolder, _ root: String) throws {
    let loader = DataLoader()
    let resumption = try Resumption(
      of: folder, context: .example(root), backend: ReferenceBackend(),
      locations: DataLocations(), loader: loader, warn: { Issue.record($0) })
    let outcome = resumption.runner.execute(
      resumption.run, observe: { _ in }, isInterrupted: { false })
    try #require(outcome.status == .completed)
  }

  /// Puts `value` into the last column of the first line of `file` that starts with `start`.
  private func put(_ value: String, at start: String, in file: RunFile, of folder: RunFolder) throws
  {
    var lines = try Storage.readText(folder.path(of: file)).components(separatedBy: "\n")
    let index = try #require(lines.firstIndex { $0.hasPrefix(start) })
    lines[index] = lines[index].components(separatedBy: ",").dropLast().joined(separator: ",")
    lines[index] += ",\(value)"
    try folder.write(lines.joined(separator: "\n"), to: file)
  }

  private func differences(_ verdict: Verdict) -> [RunFile: String] {
    Dictionary(
      uniqueKeysWithValues: verdict.findings.compactMap { finding in
        finding.difference.map { (finding.file, $0) }
      })
  }

  @Test func anUntouchedRunRepeats() throws {
    let verdict = try verdict()
    #expect(verdict.agrees)
    #expect(verdict.reservations == [])
    #expect(verdict.findings.map(\.file) == [.trace, .history, .weights, .predictions, .results])
    // 40 training images are 3 steps an epoch.
    #expect(verdict.findings.map(\.count) == [9, 3, 2, 20, 1])
  }

  @Test(arguments: [
    [:], ["callbacks": "[{type: exponential_moving_average, momentum: 0.9}]"],
    ["save_state": "{every_epochs: 2, every_minutes: 1e-9}"],
    ["callbacks": "[{type: early_stopping, patience: 1, monitor: learning_rate}]"],
  ])
  func aResumedRunRepeats(changes: [String: String]) throws {
    let verdict = try verdict(changes, stoppingAt: 5)
    #expect(differences(verdict) == [:])
    #expect(verdict.agrees)
  }

  @Test func `an altered report of an evaluation is named`() throws {
    let verdict = try verdict { folder in
      let (predictions, results) = (try folder.predictions(), try folder.results())
      let record = EvaluationRecord(
        // As of weights that it had before it was resumed, which is no difference.
        of: .init(file: .weights, sha256: "ab"),
        on: try #require(folder.manifest().data.contents(of: .test)),
        scores: try #require(results.test), predictions)
      for name in ["altered", "other"] { try folder.writeEvaluation(name, record, predictions) }
      try Folder(folder.path + "/evaluations/altered").write("all right\n", to: "report.txt")
    }
    #expect(differences(verdict) == [:])
    #expect(
      verdict.evaluationDisagreements == [
        "evaluations/altered: report.txt is damaged: it is not the report on the scores"
      ])
    #expect(!verdict.agrees)
  }

  @Test func anotherLossIsFoundInItsStep() throws {
    let verdict = try verdict { try put("0.5", at: "2,3,loss", in: .trace, of: $0) }
    let found = differences(verdict)
    #expect(Array(found.keys) == [.trace])
    #expect(found[.trace]?.hasPrefix("epoch 2, step 3: the loss is ") == true)
    #expect(found[.trace]?.hasSuffix(", recorded as 0.5; no parameter differs later") == true)
    #expect(!verdict.agrees)
  }

  @Test func afterALossTheFirstParameterIsNamed() throws {
    let found = try verdict {
      try put("0.5", at: "1,2,loss", in: .trace, of: $0)
      try put("ab", at: "1,3,dense.bias", in: .trace, of: $0)
    }
    #expect(
      differences(found)[.trace]?.hasSuffix(
        ", recorded as 0.5; at the end of epoch 1, 'dense.bias' is the first parameter that differs"
      ) == true)
  }

  @Test func anotherChecksumIsFoundInItsEpoch() throws {
    let found = differences(
      try verdict { try put("ab", at: "2,3,dense.kernel", in: .trace, of: $0) })
    #expect(
      found[.trace]?.hasPrefix("epoch 2, step 3: the checksum of 'dense.kernel' is ") == true)
    #expect(found[.trace]?.hasSuffix(", recorded as ab") == true)
  }

  @Test func aTraceThatEndsEarlierDiffers() throws {
    let found = try verdict { folder in
      let lines = try Storage.readText(folder.path(of: .trace)).split(separator: "\n")
      try folder.write(
        lines.filter { !$0.hasPrefix("3,") }.map { $0 + "\n" }.joined(), to: .trace)
    }
    #expect(differences(found) == [.trace: "the record ends before epoch 3, step 1"])
  }

  @Test func anotherValueOfTheHistoryIsFound() throws {
    let found = differences(try verdict { try put("0.25", at: "2,", in: .history, of: $0) })
    #expect(Array(found.keys) == [.history])
    #expect(found[.history]?.hasPrefix("epoch 2: val_f1_macro is ") == true)
    #expect(found[.history]?.hasSuffix(", recorded as 0.25") == true)
  }

  @Test func anotherWeightIsFoundInItsTensor() throws {
    let found = differences(
      try verdict { folder in
        let path = folder.path(of: .weights)
        let bits = withUnsafeBytes(of: Float(7).bitPattern.littleEndian, Array.init)
        try folder.write(Storage.read(path).dropLast(bits.count) + bits, to: .weights)
      })
    #expect(Array(found.keys) == [.weights])
    #expect(
      found[.weights]?.hasPrefix(
        "'dense.bias' is the first tensor that differs: number 10 of 10 is ")
        == true)
    #expect(found[.weights]?.hasSuffix(", recorded as 7.0; 1 differ") == true)
  }

  @Test func anotherHeaderOfTheWeightsIsFound() throws {
    let found = try verdict { folder in
      let tensors = try Safetensors.decode(Storage.read(folder.path(of: .weights)))
      try folder.write(Safetensors.encode(tensors, metadata: ["epoch": "9"]), to: .weights)
    }
    #expect(
      differences(found) == [.weights: "the tensors are the same, but the file's header is not"])
  }

  @Test func anotherProbabilityIsFoundInItsImage() throws {
    let found = differences(try verdict { try put("0.125", at: "7,", in: .predictions, of: $0) })
    // Metrics of probabilities are computed from them anew.
    #expect(Set(found.keys) == [.predictions, .results])
    #expect(found[.predictions]?.hasPrefix("image 7: p_9 is ") == true)
    #expect(
      found[.predictions]?.hasSuffix(", recorded as 0.125; 1 of 20 images differ") == true)
  }

  @Test func anotherScoreIsFound() throws {
    var loss = 0.0
    let found = differences(
      try verdict { folder in
        loss = try #require(try folder.results().test).loss
        let text = try Storage.readText(folder.path(of: .results))
        try folder.write(text.replacing("\"loss\": \(loss)", with: "\"loss\": 0.125"), to: .results)
      })
    #expect(Set(found.keys) == [.results, .report])
    #expect(found[.results]?.hasSuffix("loss' is \(loss), recorded as 0.125") == true)
  }

  @Test func theQuickWayStopsAfterOneEpoch() throws {
    var epochs = 0
    let verdict = try verdict(
      isQuick: true,
      after: {
        try put("0.5", at: "2,1,loss", in: .trace, of: $0)
        try put("0.25", at: "2,", in: .history, of: $0)
      },
      observe: { if case .epochEnded = $0 { epochs += 1 } })
    #expect(epochs == 1)
    #expect(verdict.agrees)
    #expect(verdict.findings.map(\.file) == [.trace, .history])
    #expect(verdict.findings.map(\.count) == [3, 1])
  }

  @Test func theQuickWayFindsWhatDiffersInTheFirstEpoch() throws {
    let found = differences(
      try verdict(isQuick: true) { try put("0.25", at: "1,", in: .history, of: $0) })
    #expect(Array(found.keys) == [.history])
  }

  @Test func `a run without its trace is not repeated`() throws {
    let error = try #require(throws: StorageError.self) {
      try verdict { try FileManager.default.removeItem(atPath: $0.path(of: .trace)) }
    }
    #expect(error.isMissing && error.path.hasSuffix("trace.csv"))
  }

  @Test func whyBitsMayDifferIsSaid() throws {
    let changes = ["callbacks": "[{type: time_limit, minutes: 60}]"]
    let verdict = try verdict(changes, cpu: "Tiger")
    #expect(verdict.agrees)
    #expect(
      verdict.reservations == [
        "the processor was Zen, and is now Tiger",
        "a 'time_limit' ends training sooner or later as time goes",
      ])
  }

  @Test func aRepetitionThatDivergesDiffers() throws {
    let verdict = try verdict(
      ["optimizer": "{type: sgd, learning_rate: 0.01}"],
      after: { folder in
        // As if it had been run with this, and had come through.
        let path = folder.path(of: .resolved)
        let text = try Storage.readText(path)
        try folder.write(
          text.replacing("learning_rate: 0.01", with: "learning_rate: 1e30"), to: .resolved)
        let manifest = try folder.manifest()
        let data = try #require(DataDigest(manifest.data))
        let hash = try #require(try Reading(path: path).plan).specHash(data)
        try folder.write(
          try Storage.readText(folder.path(of: .manifest))
            .replacing(manifest.specHash, with: hash), to: .manifest)
      })
    #expect(!verdict.agrees)
    #expect(verdict.failure?.hasPrefix("it diverged in epoch 1, step ") == true)
    #expect(verdict.findings.prefix(2).map(\.count) == [0, 0])
    #expect(verdict.findings.dropFirst(2).map(\.file) == [.values, .weights])
  }

  @Test func anInterruptionIsNoVerdict() throws {
    var steps = 0
    #expect(throws: CancellationError.self) {
      try verdict(isInterrupted: {
        steps += 1
        return steps > 4
      })
    }
    #expect(steps == 5)
  }

  @Test func onlyCompleteRunsAreRepeated() throws {
    let error = #expect(throws: VerificationError.self) {
      try verdict { folder in
        var manifest = try folder.manifest()
        manifest.status = .interrupted
        try folder.write(manifest)
      }
    }
    #expect(error?.reason == "it is interrupted")
    #expect(error?.hint?.hasPrefix("'exp resume ") == true)
  }

  @Test func aChangedSpecIsNotRepeated() throws {
    let error = #expect(throws: VerificationError.self) {
      try verdict { folder in
        let text = try Storage.readText(folder.path(of: .resolved))
        try folder.write(
          text.replacing("learning_rate: 0.01", with: "learning_rate: 0.02"), to: .resolved)
      }
    }
    #expect(error?.reason.hasPrefix("resolved.yaml is not what the run used") == true)
  }

  @Test(arguments: [RunFile.trace, .history, .weights, .predictions])
  func damageShowsBeforeTraining(file: RunFile) throws {
    #expect(throws: DamagedFileError.self) {
      try verdict(
        after: { try $0.write("damaged", to: file) }, observe: { _ in Issue.record("it trains") })
    }
  }
}
