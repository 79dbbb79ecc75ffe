import Foundation
import Metrics
import Records
import Testing

@Suite struct RunCommandTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.writeStripes()
  }

  @Test func aRunLeavesEveryFileAndNothingElse() throws {
    let ending = try place.exp("run stripes.yaml")
    #expect(ending.code == 0)
    let run = try #require(place.runs(of: "stripes").first)
    #expect(
      // There are pictures only where there are mistakes.
      place.names(in: run).filter { $0 != "mistakes" } == [
        "history.csv", "log.txt", "origins.json", "predictions.csv", "report.html", "report.txt",
        "resolved.yaml",
        "results.json", "run.json", "spec.yaml", "trace.csv",
        "training_images.bin", "values.json", "weights.safetensors",
      ])
    #expect(try place.text("\(run)/spec.yaml") == place.text("stripes.yaml"))
    #expect(run.wholeMatch(of: /runs\/stripes\/\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_seed-0/) != nil)
    #expect(ending.error.contains("folder: \(run)\nreport: \(run)/report.html\n"))
    #expect(ending.error.hasSuffix("next: exp compare\n"))
  }

  @Test func theRecordSaysHowTheRunCameAbout() throws {
    #expect(try place.exp("run stripes.yaml --seed 7 --threads 2").code == 0)
    let run = try #require(place.runs(of: "stripes").first)
    let manifest = try place.json("\(run)/run.json")
    #expect(manifest["status"] as? String == "completed")
    #expect(manifest["seed"] as? Int == 7)
    let command = try #require(manifest["command"] as? [String])
    #expect(command.dropFirst() == ["run", "stripes.yaml", "--seed", "7", "--threads", "2"])
    #expect((manifest["machine"] as? [String: Any])?["threads"] as? Int == 2)
    #expect((manifest["layers"] as? [Any])?.count == 6)
    #expect(manifest["parameter_count"] as? Int == 4 * 9 + 4 + 36 * 3 + 3)
    let data = try #require(manifest["data"] as? [String: Any])
    #expect(data["training_count"] as? Int == 72)
    #expect(data["validation_count"] as? Int == 24)
    #expect(
      (data["contents"] as? [[String: Any]])?.map { $0["part"] as? String } == [
        "training", "validation", "test",
      ])
    #expect((data["contents"] as? [[String: Any]])?.map { $0["count"] as? Int } == [96, 24, 30])
    #expect((data["scaling"] as? [String: [Double]]) == ["shift": [0], "divisor": [255]])
    let history = try RunFolder(path: "\(place.path)/\(run)").history()
    #expect(history.records.map(\.epoch) == [1, 2, 3])
    #expect(history.records.allSatisfy { Set($0.validation.keys) == Set(Metric.usual) })
  }

  @Test func `a run that diverges keeps the trace of its steps`() throws {
    try place.writeStripes([
      "optimizer": "{type: sgd, learning_rate: 1e30}", "training": "{epochs: 3, batch_size: 4}",
    ])
    #expect(try place.exp("run stripes.yaml").code == 1)
    let run = try #require(place.runs(of: "stripes").first)
    let manifest = try place.json("\(run)/run.json")
    #expect(manifest["status"] as? String == "diverged")
    let step = try #require((manifest["failure"] as? [String: Any])?["step"] as? Int)
    let rows = try RunFolder(path: "\(place.path)/\(run)").traceRows()
    #expect(rows.map(\.step) == Array(1..<step))
    #expect(step > 1)
  }

  /// Numbers that a spec may have, but no `Int` and no `Duration`.
  @Test func `a time that never comes is no trouble`() throws {
    try place.writeStripes([
      "save_state": "{every_minutes: 1e300}", "callbacks": "[{type: time_limit, minutes: 1e300}]",
    ])
    let ending = try place.exp("run stripes.yaml")
    #expect(ending.code == 0, "\(ending.error)")
  }

  @Test(arguments: ["run stripes.yaml", "check stripes.yaml", "data list"])
  func `data that is not where EXP_DATA_DIR says is not looked for elsewhere`(
    line: String
  ) throws {
    for folder in ["nowhere", "stripes.yaml"] {
      let ending = try place.exp(line, environment: ["EXP_DATA_DIR": folder])
      #expect(ending.code == 64)
      #expect(
        ending.error.hasPrefix(
          "error: the variable EXP_DATA_DIR needs a folder, but there is none at '\(folder)'; "))
    }
    #expect(try place.exp(line, environment: ["EXP_DATA_DIR": ""]).code == 0)
  }

  @Test func scoresAreThoseOfThePredictions() throws {
    #expect(try place.exp("run stripes.yaml").code == 0)
    let folder = RunFolder(path: "\(place.path)/\(try #require(place.runs(of: "stripes").first))")
    let (predictions, recorded) = (
      try folder.predictions(), try #require(try folder.results().test)
    )
    let matrix = ConfusionMatrix(
      labels: predictions.labels, predictions: predictions.predicted, classCount: 3)
    let losses = predictions.labels.enumerated().map { index, label in
      -log(Double(predictions.probabilities[index * 3 + label]))
    }
    let scores = Scores(
      confusionMatrix: matrix, loss: losses.reduce(0, +) / Double(losses.count))
    #expect(matrix == recorded.confusionMatrix)
    for metric in Metric.allCases where metric != .loss && !metric.needsProbabilities {
      #expect(metric.value(in: scores) == metric.value(in: recorded))
    }
    #expect(abs(scores.loss - recorded.loss) < 1e-5)
  }

  @Test(arguments: ["--threads 1", "--threads 2", "--threads 3", "--quiet", "--profile"])
  func theSameSeedGivesTheSameBytes(option: String) throws {
    #expect(try place.exp("run stripes.yaml --output-dir first").code == 0)
    #expect(try place.exp("run stripes.yaml --output-dir again \(option)").code == 0)
    try expectSameResults("first", "again")
  }

  @Test func aProfileSaysAfterEachRunWhatItsStepsSpentTheirTimeOn() throws {
    let ending = try place.exp("run stripes.yaml --seeds 0-1 --threads 2 --profile")
    #expect(ending.code == 0)
    let tables = ending.error.split(separator: "layer  ").dropFirst()
    #expect(tables.count == 2)
    #expect(ending.error.contains("\nprofile of stripes, seed 1 (run 2 of 2)\nlayer "))
    for table in tables {
      // 72 images in batches of 16, three times.
      #expect(table.contains("\nmean of 14 training steps and 2 threads; "))
      let lines = table.split(separator: "\n").map { $0.split(separator: /\s\s+/).map(String.init) }
      let total = try #require(lines.first { $0.first == "total" })
      #expect(total.contains("100.0%"))
      #expect(lines.contains { $0.starts(with: ["conv2d", "gradient of weights"]) })
      #expect(lines.contains { $0.starts(with: ["dense", "gradient of bias"]) })
      #expect(lines.contains { $0.starts(with: ["dense", "update"]) })
      #expect(lines.contains { $0.contains("waiting") })
      let milliseconds = try lines.filter { $0.contains { $0.hasSuffix("%") } }.map {
        line -> Double in
        let share = try #require(line.firstIndex { $0.wholeMatch(of: /\d+\.\d%/) != nil })
        return try #require(Double(line[share - 1]))
      }
      let sum = milliseconds.dropLast().reduce(0, +)
      let step = try #require(milliseconds.last)
      // Each of the rows is rounded.
      #expect(abs(sum - step) <= 0.0005 * Double(milliseconds.count) + 1e-9)
    }
  }

  @Test func aProfileIsOfOneProcess() throws {
    let ending = try place.exp("run stripes.yaml --profile --jobs 2")
    #expect(ending.code == 64)
    #expect(ending.error.contains("'--profile' needs one process: leave out '--jobs'"))
    #expect(place.runs(of: "stripes").isEmpty)
  }

  @Test func theResolvedSpecRepeatsTheRun() throws {
    #expect(try place.exp("run stripes.yaml --output-dir first --seed 3").code == 0)
    let run = try #require(place.runs(of: "stripes", in: "first").first)
    // Even from elsewhere: what it names, it names from the root.
    try place.write(try place.bytes("\(run)/resolved.yaml"), to: "elsewhere/resolved.yaml")
    let ending = try place.exp("run elsewhere/resolved.yaml --output-dir again --seed 3")
    #expect(ending.code == 0, "\(ending.error)")
    try expectSameResults("first", "again")
  }

  /// Every kind of step, and soft targets.
  private static let augmentation = """
    [{type: random_rotation, degrees: 20}, {type: elastic_transform, displacement: 0.7},
      {type: random_apply, steps: [{type: gaussian_noise, stddev: 0.1}, random_erasing]},
      {type: one_of, steps: [{type: random_stroke_width, pixels: 1}, random_invert]}, mixup]
    """

  @Test(arguments: ["--threads 1", "--threads 2", "--threads 3"])
  func augmentedRunsAreRepeatedToo(option: String) throws {
    #expect(try place.exp("run stripes.yaml --output-dir plain").code == 0)
    try place.writeStripes(["augmentation": Self.augmentation])
    #expect(try place.exp("run stripes.yaml --output-dir first").code == 0)
    let run = try #require(place.runs(of: "stripes", in: "first").first)
    try place.write(try place.bytes("\(run)/resolved.yaml"), to: "elsewhere/resolved.yaml")
    let ending = try place.exp("run elsewhere/resolved.yaml --output-dir again \(option)")
    #expect(ending.code == 0, "\(ending.error)")
    try expectSameResults("first", "again")
    let plain = try #require(place.runs(of: "stripes", in: "plain").first)
    let weights = "weights.safetensors"
    #expect(try place.bytes("\(plain)/\(weights)") != place.bytes("\(run)/\(weights)"))
    #expect(try place.exp("evaluate \(run)").code == 0, "what is scored is never augmented")
  }

  private func expectSameResults(_ first: String, _ second: String) throws {
    let one = try #require(place.runs(of: "stripes", in: first).first)
    let other = try #require(place.runs(of: "stripes", in: second).first)
    for file in ["weights.safetensors", "predictions.csv", "resolved.yaml", "report.txt"] {
      #expect(try place.bytes("\(one)/\(file)") == place.bytes("\(other)/\(file)"), "\(file)")
    }
    func history(_ run: String) throws -> [String] {
      try place.text("\(run)/history.csv").split(separator: "\n").map { line in
        line.split(separator: ",").enumerated().filter { $0.offset != 1 }.map { String($0.element) }
          .joined(separator: ",")
      }
    }
    #expect(try history(one) == history(other))
    let (old, new) = (try place.json("\(one)/run.json"), try place.json("\(other)/run.json"))
    #expect(old["spec_hash"] as? String == new["spec_hash"] as? String)
  }

  @Test func eachSeedHasItsRunAndItsLine() throws {
    let ending = try place.exp("run stripes.yaml --seeds 0-2")
    #expect(ending.code == 0)
    #expect(place.runs(of: "stripes").count == 3)
    let weights = try place.runs(of: "stripes").map { try place.bytes("\($0)/weights.safetensors") }
    #expect(Set(weights).count == 3)
    #expect(Set(place.runs(of: "stripes").map { $0.dropLast() }).count == 1, "one time for all")
    for start in [
      "   0  completed", "   1  completed", "   2  completed", "      mean", "      sd",
    ] {
      #expect(ending.output.contains("\n\(start)"))
    }
  }

  @Test func severalFilesRunInTheirOrder() throws {
    try place.write(Stripes.spec(["name": "other"]), to: "more/second.yaml")
    try place.replace("path: data", by: "path: ../data", in: "more/second.yaml")
    let ending = try place.exp("run more/second.yaml stripes.yaml")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(place.names(in: "runs") == ["other", "stripes"])
    let headings = ending.error.split(separator: "\n").filter { $0.contains(" parameters") }
    #expect(headings == ["other: 151 parameters", "stripes: 151 parameters"])
  }

  @Test func aMistakeInOneFileKeepsAllFromRunning() throws {
    try place.write("data: {dataset: mnist}\n", to: "wrong.yaml")
    let ending = try place.exp("run stripes.yaml wrong.yaml")
    #expect(ending.code == 65)
    #expect(ending.error.hasPrefix("wrong.yaml:1:1: error: "))
    #expect(!place.exists("runs"))
  }

  @Test(arguments: [
    ("{val_accuracy: 0.5, test_loss: 5}", "", 0, "met (1 of 1 runs reach it)"),
    ("{test_loss: 0}", "", 0, "missed (0 of 1 runs reach it)"),
    ("{test_loss: 0}", "--require-targets", 2, "missed (0 of 1 runs reach it)"),
    ("{test_loss: 5}", "--require-targets", 0, "met (1 of 1 runs reach it)"),
  ])
  func targetsAreReportedAndOnlyRequiredIfAsked(
    targets: String, option: String, code: Int32, said: String
  ) throws {
    try place.writeStripes(["targets": targets])
    let ending = try place.exp("run stripes.yaml \(option)")
    #expect(ending.code == code)
    #expect(ending.output.contains(said))
    #expect(place.runs(of: "stripes").count == 1)
  }

  @Test func aDivergedSeedDoesNotStopTheOthers() throws {
    try place.writeStripes(["optimizer": "{type: sgd, learning_rate: 1e30}", "seeds": "0-1"])
    let ending = try place.exp("run stripes.yaml")
    #expect(ending.code == 1)
    let runs = place.runs(of: "stripes")
    #expect(runs.count == 2)
    for (seed, run) in runs.enumerated() {
      let manifest = try place.json("\(run)/run.json")
      #expect(manifest["status"] as? String == "diverged")
      #expect(!place.exists("\(run)/results.json"))
      #expect(
        ending.error.contains(
          "error: \(run): seed \(seed), epoch 1, step 2: the loss is no longer a finite number; "
            + "the learning rate 1e+30 is likely too high (sgd's default is 0.01)\n"))
    }
  }

  @Test func quietPrintsResultsOnly() throws {
    let ending = try place.exp("run stripes.yaml --quiet")
    #expect(ending.error == "")
    #expect(ending.output.hasPrefix("Test images, seed 0:\n\n              precision"))
  }

  @Test func progressIsARowPerEpoch() throws {
    let ending = try place.exp("run stripes.yaml --threads 1")
    var lines = ending.error.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines.prefix(6) == [
        "stripes: 151 parameters", "72 training, 24 validation, 30 test images",
        "seed 0, 3 epochs, 1 thread", "", "seed 0",
        "epoch  seconds    loss  accuracy  val_loss  val_accuracy  val_f1_macro",
      ])
    lines = Array(lines.dropFirst(6).prefix(3))
    #expect(lines.map { $0.prefix(5) } == ["  1/3", "  2/3", "  3/3"])
    #expect(lines.allSatisfy { $0.count == lines[0].count && $0.count < 80 })
    #expect(!ending.error.contains("\u{1B}"))
  }

  @Test func withoutValidationThereAreNoColumnsForIt() throws {
    try place.writeStripes(["data": "{dataset: {type: idx, path: data}}"])
    let ending = try place.exp("run stripes.yaml")
    #expect(ending.code == 0)
    #expect(ending.error.contains("\nepoch  seconds    loss  accuracy\n"))
    let run = try #require(place.runs(of: "stripes").first)
    #expect(try place.json("\(run)/results.json")["validation"] == nil)
  }

  @Test func builtInDataNeedNoFiles() throws {
    try place.write(
      Stripes.spec([
        "data": "{dataset: {type: synthetic_digits, training: 200, test: 100}, validation: 0.2}",
        "model": "{layers: [flatten, {type: dense, units: 10, activation: softmax}]}",
        "training": "{epochs: 1}",
      ]), to: "digits.yaml")
    let ending = try place.exp("run digits.yaml")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(ending.error.contains("160 training, 40 validation, 100 test images\n"))
    #expect(try place.exp("evaluate latest").code == 0)
  }
}
