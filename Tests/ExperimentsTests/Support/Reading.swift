import Datasets
import Experiments
import Foundation
import Specs

/// What reading a spec comes to.
struct Reading {
  let plan: ExperimentPlan?
  let diagnostics: Diagnostics
  /// The diagnostics as a user sees them, without the folder of the file.
  let text: String

  /// Reads the spec at `path`.
  init(path: String) throws {
    var diagnostics = Diagnostics()
    plan = try ExperimentPlan.read(
      path, locations: { DataLocations(specFolder: $0) }, &diagnostics)
    self.diagnostics = diagnostics
    let folder = (path as NSString).deletingLastPathComponent
    text =
      diagnostics.all.isEmpty
      ? "" : diagnostics.rendered().replacingOccurrences(of: folder + "/", with: "") + "\n"
  }

  /// Reads `yaml` from a file of that name.
  init(_ yaml: String, file: String = "test.yaml") throws {
    let folder = NSTemporaryDirectory() + "exp-reading-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try yaml.write(toFile: "\(folder)/\(file)", atomically: false, encoding: .utf8)
    try self.init(path: "\(folder)/\(file)")
  }
}

/// A spec of synthetic digits. `changes` replaces sections, or adds them.
func spec(_ changes: [String: String] = [:]) -> String {
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
