import Documents
import Metrics
import Records

extension Comparison {
  /// The comparison with all digits, the runs that are not counted, and the notes below a table.
  var json: PlainValue {
    .map([
      ("best_by", .string(options.choice.rawValue)),
      ("baseline", baseline.map { .string($0.label) } ?? .null),
      ("rows", .list(rows.map(json))),
      ("sentences", .list(sentences.map { .string($0) })),
      ("notes", .list(notes.map { .string($0) })),
      (
        "problems",
        .list(
          (problems + ensembleProblems + strays + valueProblems + predictionProblems).map {
            .map([("path", .string($0.path)), ("reason", .string($0.reason))])
          })
      ),
    ])
  }

  private func json(_ row: ComparisonRow) -> PlainValue {
    let (naming, others) = (columns.filter(\.namesRow), columns.filter { !$0.namesRow })
    let identity: [PlainValue.Entry] = [
      ("label", .string(row.label)), ("best", .bool(row.isBest)),
      ("spec_hashes", .list(row.specHashes.map { .string($0) })),
      ("seeds", .list(row.seeds.map { .integer($0) })),
      ("data", json(row.data)),
      ("values", .map(others.filter(\.isValue).map { member($0, of: row) })),
    ]
    let runs: [PlainValue.Entry] = [
      ("counted", .list(row.counted.map(json))),
      ("unfinished", .list(row.unfinished.map(json))),
      ("superseded", .list(row.superseded.map(json))),
    ]
    return .map(
      naming.map { member($0, of: row) } + identity
        + others.filter { !$0.isValue }.map { member($0, of: row) } + runs)
  }

  private func member(_ column: ComparisonColumn, of row: ComparisonRow) -> PlainValue.Entry {
    let value: PlainValue =
      switch cell(column, of: row) {
      // Attempted runs are listed.
      case _ where column == .runs: .integer(row.counted.count)
      case let cell: json(cell)
      }
    return (column.key, value)
  }

  private func json(_ cell: ComparisonCell) -> PlainValue {
    switch cell {
    case .missing: .null
    case .text(let text): .string(text)
    case .value(let value): value
    case .count(let number), .seed(let number): .integer(number)
    case .number(let number, _), .probability(let number): .number(number)
    case .interval(let interval, _): json(interval)
    case .sample(let sample, let range, _, _):
      .map([
        ("mean", .number(sample.mean)),
        ("sd", sample.standardDeviation.map { .number($0) } ?? .null),
        ("interval", json(sample.confidenceInterval(of: range))),
        ("count", .integer(sample.count)),
      ])
    // Folds are no independent sample, so their mean has no interval.
    case .folds(let sample, _):
      .map([
        ("mean", .number(sample.mean)),
        ("sd", sample.standardDeviation.map { .number($0) } ?? .null),
        ("count", .integer(sample.count)),
      ])
    case .difference(let difference, _):
      .map([
        ("mean", .number(difference.mean)),
        ("fold_mean", difference.pooled.map { _ in .number(difference.difference.mean) } ?? .null),
        ("interval", json(difference.difference.interval)),
        ("p", difference.uncorrected.map { .number($0) } ?? .null),
        ("p_holm", difference.pValue.map { .number($0) } ?? .null),
        ("comparisons", .integer(difference.comparisons)),
        ("paired", .bool(difference.difference.isPaired)),
        ("test", .string(difference.testName)),
        ("count", .integer(difference.difference.count)),
      ])
    }
  }

  private func json(_ interval: ClosedRange<Double>?) -> PlainValue {
    interval.map { .list([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null
  }

  private func json(_ data: Manifest.DataSummary) -> PlainValue {
    .map([
      ("dataset", .string(data.dataset)),
      ("training_count", .integer(data.trainingCount)),
      ("validation_count", .integer(data.validationCount)),
      ("test_count", .integer(data.testCount)),
      ("shared_test_count", data.sharedTestCount.map { .integer($0) } ?? .null),
      (
        "checksums",
        .map(data.contents.flatMap(\.checksums).map { ($0.name, .string($0.sha256)) })
      ),
    ])
  }

  private func json(_ run: RunRecord) -> PlainValue {
    .map(
      [("seed", .integer(run.seed))] + (run.fold.map { [("fold", .integer($0.index))] } ?? []) + [
        ("status", .string(run.status.rawValue)), ("path", .string(run.folder.path)),
      ])
  }
}
