import Documents
import Metrics
import Records

extension Comparison {
  /// Every digit, the runs that are not counted, and what a table says below it.
  var json: JSONValue {
    .object([
      .init("best_by", .string(options.choice.rawValue)),
      .init("baseline", baseline.map { .string($0.label) } ?? .null),
      .init("rows", .array(rows.map(json))),
      .init("sentences", .array(sentences.map { .string($0) })),
      .init("notes", .array(notes.map { .string($0) })),
      .init(
        "problems",
        .array(
          (problems + strays + specProblems).map {
            .object([.init("path", .string($0.path)), .init("reason", .string($0.reason))])
          })),
    ])
  }

  private func json(_ row: ComparisonRow) -> JSONValue {
    let (naming, others) = (columns.filter(\.namesRow), columns.filter { !$0.namesRow })
    let identity: [JSONValue.Member] = [
      .init("label", .string(row.label)), .init("best", .boolean(row.isBest)),
      .init("spec_hashes", .array(row.specHashes.map { .string($0) })),
      .init("seeds", .array(row.seeds.map { .integer($0) })),
      .init("data", json(row.data)),
      .init("values", .object(others.filter(\.isValue).map { member($0, of: row) })),
    ]
    let runs: [JSONValue.Member] = [
      .init("counted", .array(row.counted.map(json))),
      .init("unfinished", .array(row.unfinished.map(json))),
      .init("superseded", .array(row.superseded.map(json))),
    ]
    return .object(
      naming.map { member($0, of: row) } + identity
        + others.filter { !$0.isValue }.map { member($0, of: row) } + runs)
  }

  private func member(_ column: ComparisonColumn, of row: ComparisonRow) -> JSONValue.Member {
    let value: JSONValue =
      switch cell(column, of: row) {
      // Attempted runs are listed.
      case _ where column == .runs: .integer(row.counted.count)
      case .text(let text) where column.isValue: json(value: text)
      case let cell: json(cell)
      }
    return JSONValue.Member(column.key, value)
  }

  /// What a spec has, as it is meant there.
  private func json(value text: String) -> JSONValue {
    if text == "true" || text == "false" { return .boolean(text == "true") }
    if let number = Int(text) { return .integer(number) }
    guard let number = Double(text), number.isFinite, !text.contains("x") else {
      return .string(text)
    }
    return .real(number)
  }

  private func json(_ cell: ComparisonCell) -> JSONValue {
    switch cell {
    case .missing: .null
    case .text(let text): .string(text)
    case .count(let number), .seed(let number): .integer(number)
    case .number(let number, _), .probability(let number): .real(number)
    case .interval(let interval, _): json(interval)
    case .sample(let sample, _, _):
      .object([
        .init("mean", .real(sample.mean)),
        .init("sd", sample.standardDeviation.map { .real($0) } ?? .null),
        .init("interval", json(sample.confidenceInterval())),
        .init("count", .integer(sample.count)),
      ])
    case .difference(let difference, _):
      .object([
        .init("mean", .real(difference.difference.mean)),
        .init("interval", json(difference.difference.interval)),
        .init("p", difference.uncorrected.map { .real($0) } ?? .null),
        .init("p_holm", difference.pValue.map { .real($0) } ?? .null),
        .init("comparisons", .integer(difference.comparisons)),
        .init("paired", .boolean(difference.difference.isPaired)),
        .init("count", .integer(difference.difference.count)),
      ])
    }
  }

  private func json(_ interval: ClosedRange<Double>?) -> JSONValue {
    interval.map { .array([.real($0.lowerBound), .real($0.upperBound)]) } ?? .null
  }

  private func json(_ data: Manifest.DataSummary) -> JSONValue {
    .object([
      .init("dataset", .string(data.dataset)),
      .init("training_count", .integer(data.trainingCount)),
      .init("validation_count", .integer(data.validationCount)),
      .init("test_count", .integer(data.testCount)),
      .init(
        "checksums", .object(data.checksums.map { .init($0.file, .string($0.sha256)) })),
    ])
  }

  private func json(_ run: RunRecord) -> JSONValue {
    .object([
      .init("seed", .integer(run.seed)),
      .init("status", .string(run.status.rawValue)),
      .init("path", .string(run.folder.path)),
    ])
  }
}
