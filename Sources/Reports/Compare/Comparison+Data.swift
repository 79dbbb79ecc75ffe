import Metrics
import Runs

extension Comparison {
  /// Every digit, with a column each for means and deviations; empty where there is none.
  var csv: String {
    let means = ComparisonColumn.means
    let header =
      ["experiment", "spec_hash", "runs", "seeds", "parameters"]
      + means.flatMap { ["\($0.rawValue)_mean", "\($0.rawValue)_sd"] }
    return CSV.line(header)
      + rows.map { row in
        let statistics = means.map(row.statistics)
        let texts = [row.name, row.specHash]
        let counts = [row.counted.count, row.seeds.count, row.parameterCount].map(String.init)
        return CSV.line(
          texts + counts
            + statistics.flatMap {
              [$0?.mean.description ?? "", $0?.standardDeviation?.description ?? ""]
            })
      }.joined()
  }

  /// Every digit, and the runs that are not counted.
  var json: JSONValue {
    .object([
      .init("rows", .array(rows.map(json))),
      .init(
        "problems",
        .array(
          problems.map {
            .object([.init("path", .string($0.path)), .init("reason", .string($0.reason))])
          })),
    ])
  }

  private func json(_ row: ComparisonRow) -> JSONValue {
    let means = ComparisonColumn.means.map { column in
      JSONValue.Member(column.rawValue, row.statistics(column).map(json) ?? .null)
    }
    return .object(
      [
        .init("experiment", .string(row.name)),
        .init("spec_hash", .string(row.specHash)),
        .init("best", .boolean(isBest(row))),
        .init("runs", .integer(row.counted.count)),
        .init("seeds", .array(row.seeds.map { .integer($0) })),
        .init("parameters", .integer(row.parameterCount)),
      ] + means + [
        .init("counted", .array(row.counted.map(json))),
        .init("unfinished", .array(row.unfinished.map(json))),
        .init("superseded", .array(row.superseded.map(json))),
      ])
  }

  private func json(_ statistics: SampleStatistics) -> JSONValue {
    .object([
      .init("mean", .real(statistics.mean)),
      .init("sd", statistics.standardDeviation.map { .real($0) } ?? .null),
      .init("count", .integer(statistics.count)),
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
