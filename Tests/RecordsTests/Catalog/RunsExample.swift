import Documents
import Files
import Foundation
import Records
import TemporaryFolders

/// A folder of runs to play with.
struct RunsExample {
  let root: TemporaryFolder

  init() throws { root = try TemporaryFolder() }

  /// A completed run.
  @discardableResult
  func addRun(
    _ experiment: String = "mnist-baseline", seed: Int = 0, fold: Manifest.Fold? = nil,
    started: Int = 1_795_377_966, learningRate: Double = 0.001
  ) throws -> RunFolder {
    let folder = try RunFolder.create(
      in: root.path, experiment: experiment, started: Timestamp(seconds: started),
      repetition: Repetition(seed: seed, fold: fold?.index)
    ) { folder in
      var manifest = Manifest.example(name: experiment, seed: seed, fold: fold, started: started)
      manifest.end(.completed, .done)
      try folder.write(manifest)
      try folder.write(Results.example)
      try folder.write(
        RunValues(
          experiment: .map([
            ("callbacks", .list([.map([("name", .string("a")), ("type", .string("a"))])])),
            (
              "optimizer",
              .map([("type", .string("adam")), ("learning_rate", .number(learningRate))])
            ),
          ]),
          run: .map([("name", .string(experiment))])))
    }.folder
    try folder.removeState()
    return folder
  }

  /// Takes `file` of `folder` away.
  func remove(_ file: RunFile, of folder: RunFolder) throws {
    try FileManager.default.removeItem(atPath: folder.path(of: file))
  }

  /// Replaces `old` by `new` in `file` of `folder`.
  func edit(_ file: RunFile, of folder: RunFolder, _ old: String, _ new: String) throws {
    let text = try Storage.readText(folder.path(of: file))
    precondition(text.contains(old), "nothing to replace")
    try folder.write(text.replacingOccurrences(of: old, with: new), to: file)
  }

  /// The reason why there is a problem with `folder`; nil if there is none.
  func reason(_ folder: String) -> String? {
    RunCatalog(paths: [root.path]).problems.first { $0.path == folder }?.reason
  }
}
