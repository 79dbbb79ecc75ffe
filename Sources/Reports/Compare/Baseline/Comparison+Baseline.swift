import Diagnostics
import Metrics

extension Comparison {
  /// Marks the row that `name` means, and gives all others their differences from it in scores that measure the same.
  static func compare(
    _ rows: inout [ComparisonRow], withBaseline name: String, _ options: ComparisonOptions,
    _ values: ValueTable
  ) throws(BaselineError) {
    let place = try baseline(name, among: rows, options.grouping)
    rows[place].isBaseline = true
    let keys = pairKeys(options.grouping, rows, values)
    let paired = rows.map { row in
      PairedRuns(row) { hash in keys?.map { values.text(at: $0, in: hash) } ?? [hash] }
    }
    let baseline = paired[place]
    let judged =
      [options.choice, ScoreName(.test, options.choice.metric)] + options.gates.map(\.score)
    for score in Set(options.shownMetrics + judged) {
      let others = rows.indices.filter {
        $0 != place && rows[$0].obstacle(to: rows[place], by: score) == nil
      }
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

  /// The place of the only row that `name` means: by its label, else its name, else its group as in `tag:v1`, else its
  /// spec's hash.
  private static func baseline(
    _ name: String, among rows: [ComparisonRow], _ grouping: ComparisonOptions.Grouping
  ) throws(BaselineError) -> Int {
    let group = grouping.group(named: name)
    let ways: [(ComparisonRow) -> Bool] = [
      { $0.label == name }, { $0.name == name || $0.otherNames.contains(name) },
      { $0.label == group }, { $0.name == group },
      { row in !name.isEmpty && row.specHashes.contains { $0.hasPrefix(name) } },
    ]
    for way in ways {
      let matches = rows.indices.filter { way(rows[$0]) }
      if let match = matches.first, matches.count == 1 { return match }
      if !matches.isEmpty {
        throw BaselineError(name: name, matches: matches.map { rows[$0].choice })
      }
    }
    throw BaselineError(
      name: name, matches: [], available: rows.map(\.choice).sorted(),
      circumstance: grouping.key == nil ? RunCircumstance(of: name) : nil)
  }

  /// The spec values in which the runs of a pair have to agree; none where a row has a single spec, and nil where a
  /// pair has to be of one spec.
  ///
  /// These are all but the value by which rows are grouped and the values below it that only some specs have, such as
  /// an optimizer's `momentum`.
  private static func pairKeys(
    _ grouping: ComparisonOptions.Grouping, _ rows: [ComparisonRow], _ values: ValueTable
  ) -> [String]? {
    if case .circumstances = grouping { return nil }
    guard case .values(let key) = grouping else { return [] }
    let different = values.differences(between: Set(rows.flatMap(\.specHashes)))
    return different.filter { other in
      other.address != key && (other.isShared || !other.address.hasPrefix(key + "."))
    }.map(\.address)
  }
}

extension ComparisonOptions.Grouping {
  /// The label of the row that `name` means by the key and value of its group, as in `tag:v1`; nil if it means none.
  fileprivate func group(named name: String) -> String? {
    guard let key, let colon = name.firstIndex(of: ":") else { return nil }
    let (start, value) = (name[..<colon], String(name[name.index(after: colon)...]))
    guard start == key || key.hasSuffix("." + start) else { return nil }
    return if case .circumstances(let circumstance) = self { circumstance.label(of: value) } else {
      value
    }
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
  /// The circumstance that the name is a value of, if rows are not grouped by it.
  var circumstance: RunCircumstance?

  /// The message, with the rows to choose from.
  package var description: String {
    let listed = matches.isEmpty ? available : matches
    let shown = listed.prefix(20).map { "\n  " + $0 }.joined()
    let rest = listed.count > 20 ? "\n  and \(listed.count - 20) more" : ""
    let problem =
      matches.isEmpty
      ? (available.isEmpty ? "there are no rows to compare" : "no row is '\(name)'; there are:")
      : "'\(name)' means \(matches.count) rows, but one is wanted:"
    let hint = circumstance.map { "\nhint: add '--group-by \($0.rawValue)'" } ?? ""
    return "--baseline: " + problem + shown + rest + hint
  }
}

extension BaselineError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}
