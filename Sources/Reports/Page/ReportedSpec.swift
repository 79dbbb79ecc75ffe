import Files
import Metrics
import Records

/// A row of the comparison with the contents of its section of the page, read from the folders.
struct ReportedSpec {
  /// The rank by validation, from 0; it decides letter and colour.
  let index: Int
  let row: ComparisonRow
  /// The run that is shown if seeds cannot be averaged: the first that counts, or else the latest.
  let shown: RunRecord
  let manifest: Manifest?
  /// The histories of the runs that count, or, if none does, of those that ended early.
  let histories: [History]
  /// The summed confusion matrix of all runs that count, on the final part.
  let matrix: ConfusionMatrix?
  /// The run shown or, where each fold has images of its own, all folds of its seed.
  let network: [RunRecord]
  /// The predictions of `network`.
  let predictions: PredictionTable?
  /// The predictions of all runs that count, with their mistakes.
  let mistakes: ExperimentPredictions?
  /// The pictures that runs keep of the mistakes shown, by the images' place.
  let pictures: [Int: [UInt8]]
  /// The scores of the pooled predictions of each seed; empty where no folds are pooled.
  let pooled: [Scores]
  /// The evaluations on other data of the runs that count.
  let evaluations: [(run: RunRecord, name: String, state: EvaluationState<EvaluationRecord>)]
  /// The text of resolved.yaml of the run shown.
  let resolved: String?
  /// Files that cannot be read.
  let problems: [RunProblem]

  /// The letter that names the spec in charts.
  var letter: String { Self.letter(index) }

  /// `A`, `B`, …
  static func letter(_ index: Int) -> String {
    String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index % 26)))
  }

  /// The names of the classes, in their order.
  var classNames: [String] { network[0].data.classNames }

  /// The part of the data that the matrix, the classes' scores and the mistakes are of.
  var part: ScoreName.Part { row.data.finalPart }

  init(_ row: ComparisonRow, index: Int) {
    self.row = row
    self.index = index
    var problems: [RunProblem] = []
    func read<Value>(_ folder: RunFolder, _ value: () throws -> Value) -> Value? {
      do {
        return try value()
      } catch {
        problems.append(RunProblem(path: folder.path, reason: "\(error)"))
        return nil
      }
    }
    let counted = row.counted
    shown = counted.first ?? row.latest
    let folder = shown.folder
    manifest = read(folder) { try folder.manifest() }
    resolved = read(folder) { try folder.text(of: .resolved) }
    histories = row.curves.compactMap { run in
      read(run.folder) { try run.folder.history(epochs: run.epochsPlanned) }
    }
    matrix = ConfusionMatrix(sumOf: counted.compactMap { $0.results?.final?.confusionMatrix })
    var (first, scores) = (PredictionTable?.none, [Scores]())
    let mistakes = ExperimentPredictions(row, &problems) { runs, table in
      if first == nil { first = table }
      if runs.count > 1 { scores.append(table.scoresByCrossEntropy) }
    }
    network = mistakes?.networks.first ?? [shown]
    predictions = first
    pooled = scores
    self.mistakes = mistakes
    var pictures: [Int: [UInt8]] = [:]
    let shownMistakes = mistakes?.shown ?? []
    for mistake in mistakes?.mistakes ?? [] where shownMistakes.contains(mistake) {
      pictures[mistake.place] =
        read(shown.folder) {
          try mistakes?.picture(of: mistake, row.data.finalPart)
        } ?? nil
    }
    self.pictures = pictures
    evaluations = counted.flatMap { run in run.evaluations.map { (run, $0, $1) } }
    self.problems = problems + evaluations.compactMap(\.state.problem)
  }
}

extension ComparisonRow {
  /// The runs whose learning curves are shown: those that count, or, if none does, those that ended early.
  var curves: [RunRecord] {
    // A run that failed early may have no history yet, and that is no damage.
    self.counted.isEmpty ? self.unfinished.filter { $0.folder.contains(.history) } : self.counted
  }
}
