import Documents
import Files
import Metrics
import Records

extension RunCatalog {
  /// The runs in `format`; `width` holds for tables only, `processor` for all that is read by people; see `list`.
  package func list(
    _ format: TableFormat, width: Int? = nil, processor: @autoclosure () -> Processor? = nil
  ) -> String {
    switch format {
    case .table: list(width: width, processor: processor())
    case .markdown: table(processor()).markdown
    case .latex: table(processor()).latex
    case .csv: csv
    case .json: PlainValue.list(runs.map { .map($0.listed) }).indentedJSON
    }
  }

  /// A line for each run, every score with all its digits.
  private var csv: String {
    // Every record has the same keys.
    let rows = runs.concurrentMap { run in
      CSV.line(
        run.listed.map { _, value in
          switch value {
          case .null: ""
          case .string(let text): text.fieldOfTable
          default: value.json
          }
        })
    }
    return CSV.line(RunRecord.listedKeys) + rows.joined()
  }
}

extension RunRecord {
  /// The scores of a list.
  private static let listedScores = ScoreName.Part.allCases.flatMap { part in
    [Metric.accuracy, .f1Macro].map { ScoreName(part, $0) }
  }

  /// The keys of `listed`.
  fileprivate static let listedKeys =
    [
      "experiment", "variant", "tag", "seed", "fold", "status", "started", "epochs",
      "epochs_planned",
    ] + listedScores.map(\.rawValue) + ["path"]

  /// The facts of a list, in the order of its keys; null where the run has none.
  fileprivate var listed: [(key: String, value: PlainValue)] {
    func text(_ value: String?) -> PlainValue { value.map { .string($0) } ?? .null }
    func number(_ value: Int?) -> PlainValue { value.map { .integer($0) } ?? .null }
    let facts: [PlainValue] = [
      .string(self.name), text(self.variant), text(self.tag), .integer(self.seed),
      number(self.fold?.index), .string(self.status.rawValue), .string(self.started.iso8601),
      number(epochs), .integer(self.epochsPlanned),
    ]
    let scores = Self.listedScores.map { name -> PlainValue in
      self.results?.value(of: name).map { .number($0) } ?? .null
    }
    let values = facts + scores + [.string(self.folder.path)]
    return zip(Self.listedKeys, values).map { ($0, $1) }
  }
}
