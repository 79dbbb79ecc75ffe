import Diagnostics
import Metrics

extension Comparison {
  /// Marks the row that `name` means, and gives all others their differences from it in scores on the
  /// same images.
  static func compare(
    _ rows: inout [ComparisonRow], withBaseline name: String, _ options: ComparisonOptions,
    _ values: ValueTable
  ) throws(BaselineError) {
    let place = try baseline(name, among: rows)
    rows[place].isBaseline = true
    let keys = pairKeys(options.grouping, rows, values)
    let paired = rows.map { PairedRuns($0, agreeingIn: keys, values) }
    let baseline = paired[place]
    let judged =
      [options.choice, ScoreName(.test, options.choice.metric)] + options.gates.map(\.score)
    let scores = Dictionary(grouping: Set(options.shownMetrics + judged), by: \.part)
    for (part, scores) in scores {
      let others = rows.indices.filter {
        $0 != place && rows[$0].data.hasSameImages(as: rows[place].data, for: part)
      }
      for score in scores {
        var differences = others.map { BaselineDifference(score, of: paired[$0], and: baseline) }
        let adjusted = differences.map { $0?.pValue }.holmAdjusted
        let count = differences.count { $0?.pValue != nil }
        for (index, place) in others.enumerated() {
          differences[index]?.pValue = adjusted[index]
          differences[index]?.comparisons = count
          rows[place].differences[score] = differences[index]
        }
      }
    }
  }

  /// The place of the only row that `name` means: by its label, else its name, else its spec's hash.
  private static func baseline(
    _ name: String, among rows: [ComparisonRow]
  ) throws(BaselineError) -> Int {
    let ways: [(ComparisonRow) -> Bool] = [
      { $0.label == name }, { $0.name == name || $0.otherNames.contains(name) },
      { row in !name.isEmpty && row.specHashes.contains { $0.hasPrefix(name) } },
    ]
    for way in ways {
      let matches = rows.indices.filter { way(rows[$0]) }
      if let match = matches.first, matches.count == 1 { return match }
      if !matches.isEmpty {
        throw BaselineError(name: name, matches: matches.map { rows[$0].choice })
      }
    }
    throw BaselineError(name: name, matches: [], available: rows.map(\.choice).sorted())
  }

  /// The spec values in which the runs of a pair have to agree; none where a row has a single spec.
  ///
  /// These are all but the value by which rows are grouped and the values below it that only some specs have, such as
  /// an optimizer's `momentum`.
  private static func pairKeys(
    _ grouping: ComparisonOptions.Grouping, _ rows: [ComparisonRow], _ values: ValueTable
  ) -> [String] {
    guard case .values(let key) = grouping else { return [] }
    let different = values.differences(between: Set(rows.flatMap(\.specHashes)))
    return different.filter { other in
      other.address != key && (other.isShared || !other.address.hasPrefix(key + "."))
    }.map(\.address)
  }
}

extension ComparisonRow {
  /// The row as a choice in messages: the name to write, and the hash.
  fileprivate var choice: String { "'\(label)' (\(shortHash))" }
}

/// The name of the baseline matches no row, or several.
package struct BaselineError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name given.
  let name: String
  /// The rows that match.
  let matches: [String]
  /// All rows, if the name matches none.
  var available: [String] = []

  /// The message, with the rows to choose from.
  package var description: String {
    let listed = matches.isEmpty ? available : matches
    let shown = listed.prefix(20).map { "\n  " + $0 }.joined()
    let rest = listed.count > 20 ? "\n  and \(listed.count - 20) more" : ""
    let problem =
      matches.isEmpty
      ? (available.isEmpty ? "there are no rows to compare" : "no row is '\(name)'; there are:")
      : "'\(name)' means \(matches.count) rows, but one is wanted:"
    return "--baseline: " + problem + shown + rest
  }
}

extension BaselineError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}
