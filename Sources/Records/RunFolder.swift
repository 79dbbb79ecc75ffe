import Files
import Glibc

/// The files of a run folder.
package enum RunFile: String, CaseIterable, Codable, Sendable {
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
  /// The fingerprints of the images that the run is trained on.
  case trainingImages = "training_images.bin"
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
  /// The weights after the last epoch, if 'model_checkpoint' saves them.
  case lastWeights = "last.safetensors"
  /// The tag that the run was given after its end.
  case tag = "tag.txt"
  /// The events of the run with their times; the only file that grows in place.
  case log = "log.txt"
}

extension RunFile {
  /// The most bytes that are read of it. What a run writes is far smaller.
  package var limit: Int {
    switch self {
    case .trainingImages, .predictions, .trace, .weights, .lastWeights: 1 << 30
    // Confusion matrices grow with the square of the number of classes.
    case .history, .results, .report, .page, .log: 1 << 24
    case .spec, .resolved, .values, .origins, .manifest, .gitDiff, .tag: 1 << 22
    }
  }
}

/// The folder of one run: `runs/mnist-baseline/2026-11-22_21-06-06_seed-0`.
///
/// It may come from somebody else, so nothing in it is followed that leads out of it.
package struct RunFolder: Sendable {
  /// The folder's path.
  package let path: String
  /// The folder itself, if it is kept open: then what takes its place is neither read nor written.
  private let kept: Folder?

  /// The folder at `path`, which need not exist.
  package init(path: String) { self.init(path: path, kept: nil) }

  private init(path: String, kept: Folder?) {
    self.path = path
    self.kept = kept
  }

  /// The same folder, kept open from now on.
  package func keptOpen() throws(StorageError) -> RunFolder {
    RunFolder(path: path, kept: try opened())
  }

  /// The same folder, found by its path from now on. Thousands of folders cannot all be kept open.
  package func notKeptOpen() -> RunFolder { RunFolder(path: path) }

  /// The folder itself.
  func opened() throws(StorageError) -> Folder {
    if let kept { return kept }
    return try Folder(path)
  }

  /// Makes the folder of a new run under `root`, and gives this process the right to write to it.
  ///
  /// The folder has a hidden name until `prepare` has written its files, so that it is never seen incomplete. `started`
  /// is the same for all runs of a command. If the experiment is one of several of a sweep, `variantMark`
  /// distinguishes its folder from theirs. If the name is taken, the folder gets a counter (`…_seed-0_2`), so that no
  /// run ever touches another run's folder.
  package static func create(
    in root: String, experiment: String, started: Timestamp, variantMark: String? = nil,
    repetition: Repetition, prepare: (RunFolder) throws -> Void
  ) throws -> (folder: RunFolder, lease: Lease) {
    try Storage.createFolder(root + "/" + experiment)
    let mark = variantMark.map { "_\($0)" } ?? ""
    return try create(
      in: Folder(root + "/" + experiment),
      name: "\(started.folderName)\(mark)_\(repetition.folderName)",
      prepare: prepare)
  }

  /// The part of a folder's name that distinguishes the experiment with this hash from others of its sweep.
  package static func variantMark(_ specHash: String) -> String { String(specHash.prefix(6)) }

  /// Makes the folder of a run that goes on from this one, whose process might still come back, beside it: with copies of
  /// this one's files and with what `prepare` adds.
  package func createSuccessor(
    _ manifest: Manifest, started: Timestamp, prepare: (RunFolder) throws -> Void
  ) throws -> (folder: RunFolder, lease: Lease) {
    let mark = manifest.variant == nil ? "" : "_\(Self.variantMark(manifest.specHash))"
    return try Self.create(
      in: Folder(Storage.parent(of: path)),
      name: "\(started.folderName)\(mark)_\(manifest.repetition.folderName)"
    ) { successor in
      try copyFiles(to: successor)
      try successor.write(manifest)
      try successor.log("continues \(name), whose lease ended")
      try prepare(successor)
    }
  }

  /// Copies what training has written so far, its results not included, to the folder of a run that goes on from it.
  private func copyFiles(to successor: RunFolder) throws {
    let files: [RunFile] = [
      .spec, .resolved, .values, .origins, .gitDiff, .trainingImages, .history, .trace, .weights,
      .lastWeights, .tag, .log,
    ]
    for file in files where contains(file) {
      try successor.write(bytes(of: file, limit: file.limit), to: file)
    }
    try copyCheckpoints(to: successor)
  }

  /// Makes the folder of a run in `runs`, with `wanted` as its name, and a counter if that is taken.
  private static func create(
    in runs: Folder, name wanted: String, prepare: (RunFolder) throws -> Void
  ) throws -> (folder: RunFolder, lease: Lease) {
    var name = newPrefix + String(UInt64.random(in: 0...UInt64.max), radix: 36)
    do {
      let folder = RunFolder(path: runs.path(of: name), kept: try runs.createFolder(name))
      guard let lease = try folder.takeLease() else {
        preconditionFailure("nobody knows of it yet")
      }
      try prepare(folder)
      var (candidate, count) = (wanted, 1)
      while try !runs.rename(name, to: candidate) {
        count += 1
        candidate = "\(wanted)_\(count)"
      }
      name = candidate
      try runs.synchronize()
      guard let kept = try runs.folder(name) else {
        throw StorageError(.read, runs.path(of: name), code: ENOENT)
      }
      return (RunFolder(path: kept.path, kept: kept), lease)
    } catch {
      try? Storage.removeTree(runs.path(of: name))  // nothing has run, so nothing is lost
      throw error
    }
  }

  /// The beginning of the names of folders whose files are being written.
  static let newPrefix = ".new-"

  /// The folder's own name: `2026-11-22_21-06-06_seed-0`.
  package var name: String { Storage.name(of: path) }

  /// The path of `file`, for messages.
  package func path(of file: RunFile) -> String { path + "/" + file.rawValue }

  /// True if it has what every run has from its beginning.
  package var isRun: Bool { contains(.manifest) && contains(.resolved) }

  /// True if the folder has `file`.
  package func contains(_ file: RunFile) -> Bool { kind(of: file) == .file }

  /// The kind of thing that stands in the place of `file`; nil if there is nothing, or the folder cannot be opened.
  package func kind(of file: RunFile) -> EntryKind? {
    (try? opened())?.kind(of: file.rawValue)
  }

  /// Reads the text of `file`, which may have as many bytes as every such file, or else `limit`.
  package func text(of file: RunFile, limit: Int? = nil) throws -> String {
    try opened().readText(file.rawValue, limit: min(file.limit, limit ?? .max))
  }

  /// Reads `file`, which may have `limit` bytes.
  package func bytes(of file: RunFile, limit: Int) throws(StorageError) -> [UInt8] {
    try opened().read(file.rawValue, limit: limit)
  }

  /// Replaces `file` as a whole with `text`.
  package func write(_ text: String, to file: RunFile) throws(StorageError) {
    try opened().write(text, to: file.rawValue)
  }

  /// Replaces `file` as a whole with `bytes`.
  package func write(_ bytes: [UInt8], to file: RunFile) throws(StorageError) {
    try opened().write(bytes, to: file.rawValue)
  }

  /// Appends a line to the log, after the time (UTC).
  package func log(_ message: String) throws(StorageError) {
    try opened().append("\(Timestamp.now.iso8601) \(message)\n", to: RunFile.log.rawValue)
  }
}

extension RunFolder: Hashable {
  /// True if both have the same path.
  package static func == (left: RunFolder, right: RunFolder) -> Bool { left.path == right.path }

  /// Hashes the path.
  package func hash(into hasher: inout Hasher) { hasher.combine(path) }
}
