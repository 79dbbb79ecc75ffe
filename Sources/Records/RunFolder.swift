import Files

/// The files of a run folder.
package enum RunFile: String, CaseIterable, Sendable {
  /// The spec as written.
  case spec = "spec.yaml"
  /// Every value in force, for people and to repeat the run.
  case resolved = "resolved.yaml"
  /// The `RunValues`.
  case values = "values.json"
  /// A list of `ValueOrigin`.
  case origins = "origins.json"
  /// The `Manifest`.
  case manifest = "run.json"
  /// The uncommitted changes, if there were any: the `GitChanges`.
  case gitDiff = "git.diff"
  /// The `History`.
  case history = "history.csv"
  /// The `Results`.
  case results = "results.json"
  /// The results for reading.
  case report = "report.txt"
  /// The report as a page for a browser.
  case page = "report.html"
  /// The `PredictionTable` on the test images.
  case predictions = "predictions.csv"
  /// The `Trace`.
  case trace = "trace.csv"
  /// The weights that the results come from.
  case weights = "weights.safetensors"
  /// The events of the run with their times; the only file that grows in place.
  case log = "log.txt"
}

/// The folder of one run: `runs/mnist-baseline/2026-11-22_21-06-06_seed-0`.
package struct RunFolder: Hashable, Sendable {
  /// The folder's path.
  package let path: String

  /// The folder at `path`, which need not exist.
  package init(path: String) { self.path = path }

  /// Makes the folder of a new run under `root`, and gives this process the right to write to it.
  ///
  /// The folder has a hidden name until `prepare` has written its files, so that it is never seen incomplete. `started`
  /// is the same for all seeds of a command. If the experiment is one of several of a sweep, `variantMark`
  /// distinguishes its folder from theirs. If the name is taken, the folder gets a counter (`…_seed-0_2`), so that no
  /// run ever touches another run's folder.
  package static func create(
    in root: String, experiment: String, started: Timestamp, variantMark: String? = nil,
    seed: Int, prepare: (RunFolder) throws -> Void
  ) throws -> (folder: RunFolder, lock: FileLock) {
    let experimentFolder = root + "/" + experiment
    try Storage.createFolder(experimentFolder)
    let hidden = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    var folder = RunFolder(path: "\(experimentFolder)/.new-\(hidden)")
    do {
      _ = try Storage.createNewFolder(folder.path)
      guard let lock = try folder.lock() else { preconditionFailure("nobody knows of it yet") }
      try prepare(folder)
      let mark = variantMark.map { "_\($0)" } ?? ""
      let path = "\(experimentFolder)/\(started.folderName)\(mark)_seed-\(seed)"
      var (candidate, count) = (path, 1)
      while try !Storage.renameFolder(folder.path, to: candidate) {
        count += 1
        candidate = "\(path)_\(count)"
      }
      folder = RunFolder(path: candidate)
      try Storage.synchronizeFolder(experimentFolder)
      return (folder, lock)
    } catch {
      folder.remove()  // nothing has run, so nothing is lost
      throw error
    }
  }

  /// The folder's own name: `2026-11-22_21-06-06_seed-0`.
  package var name: String { Storage.name(of: path) }

  /// The path of `file`.
  package func path(of file: RunFile) -> String { path + "/" + file.rawValue }

  /// True if the folder has `file`.
  package func contains(_ file: RunFile) -> Bool { Storage.exists(path(of: file)) }

  /// Replaces `file` as a whole with `text`.
  package func write(_ text: String, to file: RunFile) throws {
    try Storage.write(text, to: path(of: file))
  }

  /// Replaces `file` as a whole with `bytes`.
  package func write(_ bytes: [UInt8], to file: RunFile) throws {
    try Storage.write(bytes, to: path(of: file))
  }

  /// Removes the folder of a run that has not begun training, as far as possible.
  private func remove() {
    Storage.removeFolder(statePath, files: [Storage.name(of: lockPath)])
    Storage.removeFolder(path, files: RunFile.allCases.map(\.rawValue))
  }

  /// Appends a line to the log, after the time (UTC).
  package func log(_ message: String) throws {
    try Storage.append("\(Timestamp.now.iso8601) \(message)\n", to: path(of: .log))
  }
}
