import Files

/// The runs below some folders.
package struct RunCatalog: Sendable {
  /// Readable runs, oldest first; those that started at the same time by name, seed and fold.
  package let runs: [RunRecord]
  /// Folders that look like runs and cannot be read, and folders that cannot be searched.
  package let problems: [RunProblem]
  /// Folders among those of runs that contain no runs: empty ones, and foreign ones.
  package internal(set) var strays: [RunProblem] = []

  private let values: ExperimentValues
  /// The number of the argument that names each run, the first of several.
  var argumentNumbers: [RunFolder: Int] = [:]
  /// Runs that an argument names alone.
  var namedAlone: Set<RunFolder> = []

  /// The runs at or below each of `paths`: run folders, or folders of runs. Each counts once.
  ///
  /// A folder that has neither a run's name nor one of the files that only `exp` makes is searched for runs.
  package init(paths: [String]) {
    var search = RunSearch()
    for path in paths { search.search(path) }
    self.init(folders: search.found.map(\.folder), problems: search.problems)
    strays = search.strays
  }

  package init(runs: [RunRecord], problems: [RunProblem] = []) {
    self.init(runs: runs, problems: problems, index: nil)
  }

  private init(runs: [RunRecord], problems: [RunProblem], index: RunIndex?) {
    self.runs = runs.sorted(by: Self.isEarlier)
    self.problems = problems
    values = ExperimentValues(of: self.runs, index: index)
  }

  static func isEarlier(_ left: RunRecord, _ right: RunRecord) -> Bool {
    left.started == right.started
      ? (left.name, left.repetition, left.folder.path)
        < (right.name, right.repetition, right.folder.path)
      : left.started < right.started
  }

  /// The result of reading a run's folder.
  typealias Outcome = Result<RunRecord, RunProblem>

  /// Reads the records in `folders`. With an index, unchanged files are not read again.
  static func read(_ folders: [RunFolder], index: RunIndex?) -> [Outcome] {
    let data = SharedValues<Manifest.DataSummary>()
    return folders.concurrentMap { folder in
      do {
        return .success(try RunRecord(folder: folder, index: index, data: data))
      } catch {
        return .failure(RunProblem(folder: folder, error))
      }
    }
  }

  /// Reads the records in `folders` that are not `known`.
  init(
    folders: [RunFolder], problems: [RunProblem], index: RunIndex? = nil,
    known: [RunFolder: Outcome] = [:]
  ) {
    let outcomes =
      folders.compactMap { known[$0] }
      + Self.read(folders.filter { known[$0] == nil }, index: index)
    index?.manifests.save()
    index?.results.save()
    var (runs, unreadable) = ([RunRecord](), [RunProblem]())
    for outcome in outcomes {
      switch outcome {
      case .success(let run): runs.append(run)
      case .failure(let problem): unreadable.append(problem)
      }
    }
    self.init(runs: runs, problems: unreadable + problems, index: index)
  }

  /// The values in force in `run`, or in another run of its experiment; nil if they cannot be read.
  package func values(of run: RunRecord) -> RunValues? { values.values(of: run) }

  /// The reasons why values cannot be read, as far as they were asked for.
  package var valueProblems: [RunProblem] { values.problems }
}
