/// The files of a run folder.
public enum RunFile: String, CaseIterable, Sendable {
  /// The spec as written.
  case spec = "spec.yaml"
  /// Every value in force.
  case resolved = "resolved.yaml"
  /// Where the values of the resolved spec come from: a list of `SpecOrigin`.
  case origins = "origins.json"
  /// The `Manifest`.
  case manifest = "run.json"
  /// What was not committed, where anything was not: the `GitChanges`.
  case gitDiff = "git.diff"
  /// The `History`.
  case history = "history.csv"
  /// The `Results`.
  case results = "results.json"
  /// The results for reading.
  case report = "report.txt"
  /// Everything on one page, for a browser.
  case page = "report.html"
  /// The `PredictionTable` on the test images.
  case predictions = "predictions.csv"
  /// The weights that the results come from.
  case weights = "weights.safetensors"
  /// What happened, with times; the one file that grows in place.
  case log = "log.txt"
}

/// The folder of one run: `runs/mnist-baseline/2026-11-22_21-06-06_seed-0`.
public struct RunFolder: Hashable, Sendable {
  /// Where it is.
  public let path: String

  /// The folder at `path`, which need not exist.
  public init(path: String) { self.path = path }

  /// Makes the folder of a new run under `root`.
  ///
  /// `started` is the same for all seeds of a command. Where the experiment is one of several of a sweep, `tag` tells it
  /// from them. Where the name is taken the folder gets a counter (`…_seed-0_2`), so that no run ever touches another
  /// run's folder.
  public static func create(
    in root: String, experiment: String, started: Timestamp, tag: String? = nil, seed: Int
  ) throws(StorageError) -> RunFolder {
    let experimentFolder = root + "/" + experiment
    try Storage.createFolder(experimentFolder)
    let path = "\(experimentFolder)/\(started.folderName)\(tag.map { "_\($0)" } ?? "")_seed-\(seed)"
    var (candidate, count) = (path, 1)
    while try !Storage.createNewFolder(candidate) {
      count += 1
      candidate = "\(path)_\(count)"
    }
    return RunFolder(path: candidate)
  }

  /// The folder's own name: `2026-11-22_21-06-06_seed-0`.
  public var name: String { Storage.name(of: path) }

  /// Where `file` is.
  public func path(of file: RunFile) -> String { path + "/" + file.rawValue }

  /// Whether `file` is there.
  public func contains(_ file: RunFile) -> Bool { Storage.exists(path(of: file)) }

  /// Replaces `file` as a whole with `text`.
  public func write(_ text: String, to file: RunFile) throws {
    try Storage.write(text, to: path(of: file))
  }

  /// Replaces `file` as a whole with `bytes`.
  public func write(_ bytes: [UInt8], to file: RunFile) throws {
    try Storage.write(bytes, to: path(of: file))
  }

  /// Removes the folder with what a run writes into it, as far as that can be done.
  public func removeWithRecords() {
    Storage.removeFolder(path, files: RunFile.allCases.map(\.rawValue))
  }

  /// Adds a line with the time (UTC) before it to the log.
  public func log(_ message: String) throws {
    try Storage.append("\(Timestamp.now.iso8601) \(message)\n", to: path(of: .log))
  }
}
