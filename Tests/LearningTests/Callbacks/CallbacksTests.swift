import Foundation
import Learning
import Metrics
import Specs
import Testing

/// What one of Keras's callbacks did; `Fixtures/make_callback_fixtures.py` wrote it.
struct CallbackCase: Decodable, CustomTestStringConvertible {
  let sequence, spec, monitor: String
  /// The monitored value of each epoch; nil where it is no number.
  let values: [Double?]
  let epochs, finalEpoch: Int
  let saved: [Int]
  var testDescription: String { "\(spec) on \(sequence)" }

  static func all(_ type: String) throws -> [CallbackCase] {
    struct File: Decodable { let cases: [CallbackCase] }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let cases = try decoder.decode(File.self, from: fixture("callbacks.json")).cases
    return cases.filter { $0.spec.hasPrefix("type: \(type)") }
  }
}

/// What a callback asked for, epoch by epoch, up to its wish to stop.
struct Answers {
  var actions: [[CallbackAction]] = []
  var atEnd: [CallbackAction] = []

  init(_ callback: OneOf<CallbackCatalog>, _ column: String, _ values: [Double?]) {
    var callback = callback.value.makeCallback()
    for (index, value) in values.enumerated() {
      actions.append(
        callback.respond(to: .epochEnded(record(index + 1, column, value ?? .nan))))
      if !stopReasons.isEmpty { break }
    }
    atEnd = callback.respond(to: .trainingEnded)
  }

  /// Numbers of the epochs after which `action` was asked for.
  func epochs(of action: CallbackAction) -> [Int] {
    actions.indices.filter { actions[$0].contains(action) }.map { $0 + 1 }
  }

  var stopReasons: [String] {
    actions.joined().compactMap { if case .stop(let reason) = $0 { reason } else { nil } }
  }
}

/// The record of `epoch` with `value` in `column`, and zeros elsewhere.
func record(_ epoch: Int, _ column: String, _ value: Double) -> EpochRecord {
  var validation: [Metric: Double] = [:]
  for metric in Metric.allCases {
    validation[metric] = "val_" + metric.rawValue == column ? value : 0
  }
  return EpochRecord(
    epoch: epoch, seconds: 1, learningRate: 0.1, loss: column == "loss" ? value : 0,
    accuracy: column == "accuracy" ? value : 0, validation: validation)
}

@Suite struct CallbacksTests {
  @Test(arguments: try CallbackCase.all("early_stopping"))
  func `early stopping ends and goes back as Keras's does`(expected: CallbackCase) throws {
    let answers = Answers(try declared("{\(expected.spec)}"), expected.monitor, expected.values)
    #expect(answers.actions.count == expected.epochs)
    let restores = answers.atEnd.contains(.restoreKeptParameters)
    #expect(restores == expected.spec.contains("restore_best_weights: true"))
    let kept = answers.epochs(of: .keepParameters).last
    #expect((restores ? kept : answers.actions.count) == expected.finalEpoch)
  }

  @Test(arguments: try CallbackCase.all("model_checkpoint"))
  func `checkpoints are saved when Keras's are`(expected: CallbackCase) throws {
    let answers = Answers(try declared("{\(expected.spec)}"), expected.monitor, expected.values)
    #expect(answers.actions.count == expected.epochs)
    #expect(answers.epochs(of: .saveParameters) == expected.saved)
    let best = expected.spec.contains("save_best_only: true")
    #expect(answers.atEnd == (best ? [.scoreKeptParameters] : []))
  }

  @Test(
    arguments: [
      ("val_f1_macro", [0.5, 0.75, 0.25, 0.25, 0.25]), ("val_loss", [0.5, 0.25, 0.75, 0.75, 0.75]),
      ("val_precision_macro", [0.5, 0.75, 0.25, 0.25, 0.25]),
      ("loss", [0.5, 0.25, 0.75, 0.75, 0.75]),
    ])
  func `auto knows which way every metric should go`(column: String, values: [Double]) throws {
    let yaml = "{type: early_stopping, monitor: \(column), patience: 2, restore_best_weights: true}"
    let answers = Answers(try declared(yaml), column, values)
    #expect(answers.epochs(of: .keepParameters) == [1, 2])
    #expect(
      answers.stopReasons == ["\(column) has not improved for 2 epochs; the best epoch was 2"])
  }

  /// Keras takes such a value for the best, which nothing can then beat.
  @Test func `a first value that is no number is never the best`() throws {
    let yaml = "{type: early_stopping, patience: 3, restore_best_weights: true}"
    let answers = Answers(try declared(yaml), "val_loss", [nil, 0.5, 0.25, 0.125])
    #expect(answers.epochs(of: .keepParameters) == [2, 3, 4])
    #expect(answers.stopReasons.isEmpty)
  }

  @Test func `infinite values are compared like others`() throws {
    let answers = Answers(
      try declared("{type: model_checkpoint, save_best_only: true}"), "val_loss",
      [.infinity, .infinity, 3, .infinity, 2])
    #expect(answers.epochs(of: .saveParameters) == [1, 3, 5])
  }

  @Test func `stopping after one epoch reads well`() throws {
    let answers = Answers(try declared("{type: early_stopping}"), "val_loss", [0.5, 0.75])
    #expect(
      answers.stopReasons == ["val_loss has not improved for 1 epoch; the best epoch was 1"])
  }

  @Test func `each run has a callback of its own`() throws {
    let declaration: OneOf<CallbackCatalog> = try declared("{type: early_stopping, patience: 1}")
    for _ in 0..<2 {
      #expect(Answers(declaration, "val_loss", [0.5, 0.75]).stopReasons.count == 1)
    }
  }
}
