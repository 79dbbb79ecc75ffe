import Files

/// A folder that should be a run's but cannot be read as one.
package struct RunProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The folder.
  package let path: String
  /// The reason why it cannot be read.
  package let reason: String

  /// The folder at `path` cannot be read, because of `reason`.
  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// The problem that `error` is for `folder`. Paths within the folder are shortened to the file's name.
  package init(folder: RunFolder, _ error: any Error) {
    path = folder.path
    switch error {
    case let error as StorageError where error.path != folder.path:
      let name = Storage.name(of: error.path)
      reason = error.isMissing ? "\(name) is missing" : error.at(name).description
    case let error as DamagedFileError:
      reason = "\(Storage.name(of: error.path)) is damaged: \(error.reason)"
    case let error as OtherFormatError:
      reason =
        OtherFormatError(path: Storage.name(of: error.path), format: error.format).description
    default: reason = "\(error)"
    }
  }

  /// The problem that `error` is for the evaluation `name` of the run in `folder`.
  package init(evaluation name: String, of folder: RunFolder, _ error: any Error) {
    self.init(
      path: folder.path(ofEvaluation: name), reason: RunProblem(folder: folder, error).reason)
  }

  /// `runs/a/2026-11-22_21-06-06_seed-0: run.json is missing`
  package var description: String { "\(path): \(reason)" }
}
