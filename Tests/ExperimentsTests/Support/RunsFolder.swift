import Experiments
import Foundation
import Testing

/// A folder in which a test begins runs of a small experiment; it is removed with the test.
final class RunsFolder {
  let path = NSTemporaryDirectory() + "exp-runs-" + UUID().uuidString
  let runner: Runner

  init(_ changes: [String: String] = [:]) throws {
    let reading = try Reading(spec(changes))
    let plan = try #require(reading.plan, "\(reading.text)")
    runner = try ExperimentsTests.runner(plan)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func begin(seed: Int) throws -> OpenRun { try runner.begin(seed: seed, .example(path)) }
}
