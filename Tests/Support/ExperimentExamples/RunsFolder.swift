import Foundation
import Running
import Testing

/// A folder in which a test begins runs of a small experiment; it is removed with the test.
package final class RunsFolder {
  package let path = NSTemporaryDirectory() + "exp-runs-" + UUID().uuidString
  package let runner: Runner

  package init(_ changes: [String: String] = [:]) throws {
    let reading = try Reading(spec(changes))
    let plan = try #require(reading.plan, "\(reading.text)")
    runner = try ExperimentExamples.runner(plan)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  package func begin(seed: Int) throws -> OpenRun { try runner.begin(seed: seed, .example(path)) }
}
