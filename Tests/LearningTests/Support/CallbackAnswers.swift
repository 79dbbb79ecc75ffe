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
