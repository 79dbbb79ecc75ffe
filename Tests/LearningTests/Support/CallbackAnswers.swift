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
  let learningRates: [Double]
  var testDescription: String { "\(spec) on \(sequence)" }

  static func all(_ type: String) throws -> [CallbackCase] {
    try CallbackFixture.read().cases.filter { $0.spec.hasPrefix("type: \(type)") }
  }
}

/// What Keras or PyTorch made of a weight after each step or epoch.
struct AverageCase: Decodable, CustomTestStringConvertible {
  let spec: String
  let weights, averages: [Float]
  var testDescription: String { spec }

  static func all(_ type: String) throws -> [AverageCase] {
    try CallbackFixture.read().averages.filter { $0.spec.hasPrefix("type: \(type)") }
  }
}

private struct CallbackFixture: Decodable {
  let cases: [CallbackCase]
  let averages: [AverageCase]

  static func read() throws -> CallbackFixture {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(CallbackFixture.self, from: fixture("callbacks.json"))
  }
}

/// What a callback asked for, epoch by epoch, up to its wish to stop.
struct Answers {
  var actions: [[CallbackAction]] = []
  var atEnd: [CallbackAction] = []
  /// The learning rate of each epoch: 0.1, as far as the callback leaves it so.
  var learningRates: [Double] = []

  init(_ callback: OneOf<CallbackCatalog>, _ column: String, _ values: [Double?]) {
    var callback = callback.value.makeCallback()
    var rate = 0.1
    for (index, value) in values.enumerated() {
      learningRates.append(rate)
      let answer = callback.respond(
        to: .epochEnded(record(index + 1, column, value ?? .nan, learningRate: rate)))
      actions.append(answer)
      for case .scaleLearningRate(let factor) in answer { rate *= factor }
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
func record(
  _ epoch: Int, _ column: String, _ value: Double, learningRate: Double = 0.1
) -> EpochRecord {
  var validation: [Metric: Double] = [:]
  for metric in Metric.allCases {
    validation[metric] = "val_" + metric.rawValue == column ? value : 0
  }
  return EpochRecord(
    epoch: epoch, seconds: column == "seconds" ? value : 1,
    learningRate: column == "learning_rate" ? value : learningRate,
    loss: column == "loss" ? value : 0,
    accuracy: column == "accuracy" ? value : 0, validation: validation)
}
