import Datasets
import Diagnostics
import Foundation
import Plans
import Specs
import Tensors

/// What reading a spec comes to.
package struct Reading {
  /// One, or those of a sweep; none if there are mistakes.
  package let plans: [ExperimentPlan]
  package var plan: ExperimentPlan? { plans.first }
  package let diagnostics: Diagnostics
  /// The diagnostics as a user sees them, without the folder of the file.
  package let text: String

  /// Reads the spec at `path`, with what `--set` says, on a machine with that `support` for other precisions than float32.
  package init(
    path: String, settings: [String] = [], support: Precision.Support = .none
  ) throws {
    var diagnostics = Diagnostics()
    let overrides = Overrides(settings, &diagnostics)
    let reader = PlanReader(DataLocations(), overrides: overrides) {
      $0 == .float32 ? .full : support
    }
    plans = try reader.read(path, &diagnostics)
    self.diagnostics = diagnostics
    let folder = (path as NSString).deletingLastPathComponent
    text =
      diagnostics.all.isEmpty
      ? "" : diagnostics.rendered().replacingOccurrences(of: folder + "/", with: "") + "\n"
  }

  /// Reads `yaml` from a file of that name, beside which there may be `others`.
  package init(
    _ yaml: String, file: String = "test.yaml", others: [String: String] = [:],
    settings: [String] = [], support: Precision.Support = .none
  ) throws {
    let folder = NSTemporaryDirectory() + "exp-reading-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, text) in others.merging([file: yaml], uniquingKeysWith: { $1 }) {
      let url = URL(fileURLWithPath: "\(folder)/\(name)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    try self.init(path: "\(folder)/\(file)", settings: settings, support: support)
  }
}

/// A spec of synthetic digits. `changes` replaces sections, or adds them.
package func spec(_ changes: [String: String] = [:]) -> String {
  let sections = [
    (
      "data",
      "{dataset: {type: synthetic_digits, training: 60, test: 20, size: 16}, validation: 20}"
    ),
    (
      "model",
      "{layers: [{type: max_pooling2d, pool_size: 2}, flatten, {type: dense, units: 10, activation: softmax}]}"
    ),
    ("optimizer", "{type: adam, learning_rate: 0.01}"),
    ("training", "{epochs: 3, batch_size: 16}"),
  ]
  let known = Set(sections.map(\.0))
  return sections.map { "\($0): \(changes[$0] ?? $1)\n" }.joined()
    + changes.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }
    .map { "\($0): \($1)\n" }.joined()
}
