import Metrics
import Runs

/// A row of the comparison with what its section of the page shows, read from the folders.
struct ReportedSpec {
  /// From 0, by validation; decides letter and colour.
  let index: Int
  let row: ComparisonRow
  /// The run that is shown where seeds cannot be averaged: the first that counts, or else the last.
  let shown: RunRecord
  let manifest: Manifest?
  /// Of the runs that count.
  let histories: [History]
  /// Over the test images of all runs that count.
  let matrix: ConfusionMatrix?
  let predictions: PredictionTable?
  /// resolved.yaml of the run shown.
  let resolved: String?
  /// Files that cannot be read.
  let problems: [RunProblem]

  /// The test images that are shown as mistakes, with their pictures where the run kept them.
  let mistakes: [(mistake: Mistake, picture: [UInt8]?)]

  /// The letter that names the spec in charts.
  var letter: String { Self.letter(index) }

  /// `A`, `B`, …
  static func letter(_ index: Int) -> String {
    String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index % 26)))
  }

  /// Names of the classes in the run shown.
  var classNames: [String] { row.data.classNames }

  init(_ row: ComparisonRow, index: Int) {
    (self.row, self.index) = (row, index)
    var problems: [RunProblem] = []
    func read<Value>(_ run: RunRecord, _ value: () throws -> Value) -> Value? {
      do {
        return try value()
      } catch {
        problems.append(RunProblem(path: run.folder.path, reason: "\(error)"))
        return nil
      }
    }
    let counted = row.counted
    guard let shown = counted.first ?? row.unfinished.last else {
      preconditionFailure("a row needs runs")
    }
    self.shown = shown
    let folder = shown.folder
    manifest = read(shown) { try folder.manifest() }
    resolved = read(shown) { try Storage.readText(folder.path(of: .resolved)) }
    histories = counted.compactMap { run in read(run) { try run.folder.history() } }
    matrix = ConfusionMatrix(sumOf: counted.compactMap { $0.results?.test.confusionMatrix })
    predictions = counted.isEmpty ? nil : read(shown) { try folder.predictions() }
    mistakes = (predictions?.mistakes() ?? []).map { mistake in
      (mistake, read(shown) { try folder.mistake(at: mistake.index) } ?? nil)
    }
    self.problems = problems
  }
}
