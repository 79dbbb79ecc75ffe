/// The runs below some folders.
public struct RunCatalog: Sendable {
  /// Readable runs, oldest first; those of one moment by name and seed.
  public private(set) var runs: [RunRecord] = []
  /// What looks like a run and cannot be read as one, in the order found.
  public private(set) var problems: [RunProblem] = []

  private var seen: Set<String> = []
  /// Folders of folders of runs are searched too, but no whole disk.
  private static let deepest = 4

  /// The runs at or below each of `paths`: run folders, or folders of runs. Each counts once.
  ///
  /// A folder without run.json is skipped, unless it is named as a run is: then it is a problem.
  public init(paths: [String]) {
    for path in paths { search(path, depth: 0) }
    runs.sort(by: RunRecord.isBefore)
  }

  package init(runs: [RunRecord], problems: [RunProblem] = []) {
    self.runs = runs.sorted(by: RunRecord.isBefore)
    self.problems = problems
  }

  /// The values of the spec of `run`; nil if they cannot be read.
  public func specValues(of run: RunRecord) -> SpecValues? {
    try? SpecValues(path: run.folder.path(of: .resolved))
  }

  /// The folders of all runs and problems.
  var paths: [String] { runs.map(\.folder.path) + problems.map(\.path) }

  private mutating func search(_ path: String, depth: Int) {
    do {
      guard try seen.insert(Storage.canonicalPath(path)).inserted else { return }
      let folder = RunFolder(path: path)
      if folder.contains(.manifest) || Self.isNamedLikeRun(folder.name) {
        runs.append(try RunRecord(folder: folder))
      } else if depth < Self.deepest {
        for name in try Storage.names(in: path) where Storage.isFolder(path + "/" + name) {
          search(path + "/" + name, depth: depth + 1)
        }
      }
    } catch {
      problems.append(RunProblem(path: path, reason: Self.reason(error, in: path)))
    }
  }

  /// Paths within the folder are shortened to the file's name.
  private static func reason(_ error: any Error, in folder: String) -> String {
    switch error {
    case let error as StorageError where error.isMissing && error.path != folder:
      "\(Storage.name(of: error.path)) is missing"
    case let error as DamagedFileError:
      "\(Storage.name(of: error.path)) is damaged: \(error.reason)"
    case let error as NewerFormatError:
      NewerFormatError(path: Storage.name(of: error.path), format: error.format).description
    default: "\(error)"
    }
  }

  /// Whether `name` is like `2026-11-22_21-06-06_seed-0`.
  private static func isNamedLikeRun(_ name: String) -> Bool {
    let pattern = "dddd-dd-dd_dd-dd-dd_"
    let isDated =
      name.count > pattern.count
      && zip(name, pattern).allSatisfy { $1 == "d" ? $0.isWholeNumber : $0 == $1 }
    return isDated && name.split(separator: "_").contains { $0.hasPrefix("seed-") }
  }
}

extension RunRecord {
  fileprivate static func isBefore(_ left: RunRecord, _ right: RunRecord) -> Bool {
    (left.started, left.name, left.seed, left.folder.path)
      < (right.started, right.name, right.seed, right.folder.path)
  }
}
