import ExperimentExamples
import Foundation
import Plans
import Testing

/// Settings that cannot do what they are for, beside others that can.
@Suite struct WarningRulesTests {
  /// What is warned of in a spec of 8 steps in each of 10 epochs, with these lines in place of its own or besides.
  private func warnings(_ lines: [String: String]) throws -> [String] {
    let own = [
      "data":
        "{dataset: {type: synthetic_digits, training: 300, test: 100}, validation: 60}",
      "model": "{layers: [flatten, {type: dense, units: 10, activation: softmax}]}",
      "optimizer": "{type: sgd, learning_rate: 0.1}", "training": "{epochs: 10, batch_size: 30}",
    ]
    let all = own.merging(lines) { $1 }
    let text = all.sorted { $0.key < $1.key }.map { "\($0): \($1)\n" }.joined()
    let reading = try Reading(text)
    #expect(reading.plan != nil, "\(reading.text)")
    return reading.diagnostics.all.map(\.identifier.name)
  }

  @Test func everyRuleHasAFile() throws {
    let folder = #filePath.replacing("Tests/PlansTests/Warnings/WarningRulesTests.swift", with: "")
    let files = try FileManager.default.contentsOfDirectory(
      atPath: folder + "Sources/Plans/Warnings")
    #expect(
      Set(WarningRules.names.map { $0 + ".swift" } + ["WarningRule.swift"]) == Set(files))
  }

  @Test(arguments: [
    ("{type: piecewise_constant, boundaries: [78], values: [0.1, 0.01]}", false),
    ("{type: piecewise_constant, boundaries: [79], values: [0.1, 0.01]}", true),
    ("{type: piecewise_constant, boundaries: [9 epochs], values: [0.1, 0.01]}", false),
    ("{type: piecewise_constant, boundaries: [10 epochs], values: [0.1, 0.01]}", true),
    ("{type: piecewise_constant, boundaries: [70], values: [0.1, 0.01], warmup: 10}", true),
    ("{type: piecewise_constant, values: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}", false),
    ("{type: piecewise_constant, values: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}", true),
    ("{type: exponential_decay, initial_learning_rate: 1, decay_rate: 1, decay_steps: 80}", false),
    ("{type: exponential_decay, initial_learning_rate: 1, decay_rate: 0.5, decay_steps: 81}", true),
    ("{type: inverse_time_decay, initial_learning_rate: 1, decay_rate: 1, decay_steps: 1}", false),
    ("{type: inverse_time_decay, initial_learning_rate: 1, decay_rate: 1, decay_steps: 99}", true),
    ("{type: cosine_decay, initial_learning_rate: 1}", false),
    ("{type: cosine_decay, initial_learning_rate: 1, decay_steps: 20 epochs}", true),
    ("{type: polynomial_decay, initial_learning_rate: 1, decay_steps: 10000}", true),
    ("{type: one_cycle, max_learning_rate: 1, cycle_momentum: false, total_steps: 100}", true),
    ("{type: one_cycle, max_learning_rate: 1, cycle_momentum: false}", false),
  ])
  func pointsBeyondTheRunAreNoticed(schedule: String, isBeyond: Bool) throws {
    let found = try warnings(["optimizer": "{type: sgd, learning_rate: \(schedule)}"])
    #expect(found == (isBeyond ? ["unreachedSchedule"] : []))
  }

  @Test(arguments: [
    ("{type: early_stopping, monitor: val_loss, mode: max, patience: 3}", true),
    ("{type: early_stopping, monitor: val_loss, mode: min, patience: 3}", false),
    ("{type: model_checkpoint, monitor: val_accuracy, mode: min, save_best_only: true}", true),
    ("{type: model_checkpoint, monitor: val_accuracy, mode: max, save_best_only: true}", false),
    // It watches nothing, or what has no direction.
    ("{type: model_checkpoint, monitor: val_accuracy, mode: min}", false),
    ("{type: target_reached, monitor: seconds, value: 9, mode: max}", false),
    ("{type: target_reached, monitor: loss, value: 0.1, mode: max}", true),
  ])
  func modesAgainstTheMetricsDirectionAreNoticed(callback: String, isReversed: Bool) throws {
    let found = try warnings(["callbacks": "[\(callback)]"])
    #expect(found == (isReversed ? ["reversedMode"] : []))
  }

  @Test(arguments: [
    ("patience: 3", "patience: 3", true), ("patience: 3", "patience: 2", false),
    ("patience: 3, monitor: val_accuracy", "patience: 5", false),
    ("patience: 3, start_from_epoch: 4", "patience: 5", false),
  ])
  func plateausAfterTheEndAreNoticed(stopping: String, plateau: String, isLate: Bool) throws {
    let found = try warnings([
      "callbacks":
        "[{type: early_stopping, \(stopping)}, {type: reduce_lr_on_plateau, \(plateau)}]"
    ])
    #expect(found == (isLate ? ["latePlateau"] : []))
  }

  @Test(arguments: [("0.1", true), ("0.5", true), ("0.09", false), ("0", false)])
  func leastRatesAboveTheRateAreNoticed(rate: String, isHigh: Bool) throws {
    let found = try warnings([
      "callbacks": "[{type: reduce_lr_on_plateau, patience: 2, min_lr: \(rate)}]"
    ])
    #expect(found == (isHigh ? ["highLeastRate"] : []))
  }

  @Test(arguments: ["adam", "adamw", "nadam", "rmsprop", "lion"])
  func aRateOfOneIsTooMuchForStepsOfThatLength(optimizer: String) throws {
    func found(_ rate: String) throws -> [String] {
      try warnings(["optimizer": "{type: \(optimizer), learning_rate: \(rate)}"])
    }
    #expect(try found("1") == ["extremeLearningRate"])
    #expect(try found("0.99") == [])
    #expect(try warnings(["optimizer": "{type: sgd, learning_rate: 1}"]) == [])
  }

  private func model(_ layer: String, more: String = "") -> String {
    "{layers: [flatten, \(layer), {type: dense, units: 10, activation: softmax}]\(more)}"
  }

  @Test(arguments: [
    // 0.99^80 = 0.45, 0.97^80 = 0.087
    ("batch_normalization", ["slowStatistics"]),
    ("{type: batch_normalization, momentum: 0.97}", []),
    ("{type: batch_normalization, momentum: 0.5}", []),
    ("{type: batch_normalization, momentum: 0.1}", ["fastStatistics"]),
    ("{type: batch_normalization, trainable: false}", []),
    ("layer_normalization", []),
  ])
  func movingStatisticsThatNeverSettleAreNoticed(layer: String, expected: [String]) throws {
    #expect(try warnings(["model": model(layer)]) == expected)
  }

  @Test func averagedWeightsHaveStatisticsOfTheirOwn() throws {
    let found = try warnings([
      "model": model("batch_normalization"),
      "callbacks": "[{type: stochastic_weight_averaging, start_epoch: 3}]",
    ])
    #expect(found == [])
  }

  @Test(arguments: [
    // Of 240 images.
    ("{epochs: 10, batch_size: 1}", true), ("{epochs: 10, batch_size: 239}", true),
    ("{epochs: 10, batch_size: 24}", false),
  ])
  func batchesOfOneVectorAreNoticed(training: String, isSingle: Bool) throws {
    let layer = "{type: batch_normalization, momentum: 0.5}"
    #expect(
      try warnings(["training": training, "model": model(layer)])
        == (isSingle ? ["singleImageBatch"] : []))
    #expect(try warnings(["training": training]) == [])
  }

  @Test(arguments: [("1", true), ("9", true), ("10", false)])
  func fewerImagesToValidateOnThanClassesAreNoticed(validation: String, isMissing: Bool) throws {
    let dataset = "{type: synthetic_digits, training: 300, test: 100}"
    let data = "{dataset: \(dataset), validation: \(validation)}"
    #expect(try warnings(["data": data]) == (isMissing ? ["missingValidationClass"] : []))
  }
}
