import Diagnostics
import Metrics

extension ComparisonColumn {
  /// The columns of `comparison`, from left to right.
  static func all(_ comparison: Comparison) -> [ComparisonColumn] {
    comparison.chosenColumns ?? usual(comparison)
  }

  /// The columns called `names`: as in CSV, in a table's header, or by the end of a value's address.
  ///
  /// Throws `Diagnostics` if there is none of a name.
  static func named(
    _ names: [String], in comparison: Comparison
  ) throws -> [ComparisonColumn] {
    let usual = usual(comparison)
    var columns: [ComparisonColumn] = []
    for name in names {
      let known = usual.first { $0.key == name || $0.title(comparison.names) == name }
      let column = try known ?? value(name, in: comparison, or: usual.map(\.key))
      if !columns.contains(column) { columns.append(column) }
    }
    return columns
  }

  private static func value(
    _ name: String, in comparison: Comparison, or others: [String]
  ) throws(Diagnostics) -> ComparisonColumn {
    let key = try comparison.names.required(name, for: "--columns", or: others)
    guard comparison.options.grouping.showsSpecs else {
      throw severalValues(
        name, in: "--columns", hint: "columns are \(others.joined(separator: ", "))")
    }
    return .value(key)
  }

  /// The columns without a choice.
  private static func usual(_ comparison: Comparison) -> [ComparisonColumn] {
    let options = comparison.options
    let values = comparison.differences.addresses.map { ComparisonColumn.value($0) }
    let sorting = options.sortColumn == nil ? [] : [comparison.sortColumn]
    let scores = options.shownMetrics.map { ComparisonColumn.score($0) }
    let compared = compared(comparison)
    let costs: [ComparisonColumn] = [.parameters, .epochs, .trainSeconds]
    let columns: [ComparisonColumn] =
      switch options.grouping {
      case .specs: [.experiment, .runs] + values + scores + compared + costs
      case .values, .circumstances:
        options.grouping.key.map { [.group($0), .specs, .runs] + scores + compared + costs } ?? []
      case .runs:
        [.experiment, .seed] + (comparison.hasFolds ? [.fold] : []) + values + scores + costs + [
          .path
        ]
      case .classes(let scores):
        [.experiment, .className, .runs] + values + scores.map { .classScore($0) }
          + ScoreName.Part.allCases.filter { part in scores.contains { $0.part == part } }
          .map { .support($0) }
      }
    return columns + sorting.filter { !columns.contains($0) }
  }

  /// The columns besides mean and deviation: the interval of a score's mean, its spread over folds, and the differences
  /// from the baseline.
  private static func compared(_ comparison: Comparison) -> [ComparisonColumn] {
    let judged = comparison.judgedScore
    let spreads: [ComparisonColumn] =
      (comparison.rows.contains { $0.scoreCount > 1 } ? [.interval(judged)] : [])
      + (comparison.rows.contains { $0.statisticsByFold(judged) != nil } ? [.byFold(judged)] : [])
    guard comparison.baseline != nil else { return spreads }
    return spreads + comparison.options.shownMetrics.map { .difference($0) }
      + [.probability(judged)]
  }

  /// The ranks of `columns` in a table. Columns of rank 0 always stay; if space is short, those with the highest ranks
  /// are left out first.
  ///
  /// `telling` are the columns without which some rows would look alike.
  static func ranks(
    _ columns: [ComparisonColumn], _ comparison: Comparison, telling: [ComparisonColumn]
  ) -> [Int] {
    let important = byImportance(columns, comparison)
    // Nobody should sort by a column and then not see it.
    let sorting = comparison.options.sortColumn == nil ? [] : [comparison.sortColumn]
    let essential = Set(telling + sorting + [.score(comparison.judgedScore)])
    return columns.map { column in
      column.namesRow || essential.contains(column)
        ? 0 : 1 + (important.firstIndex(of: column) ?? important.count)
    }
  }

  /// True if it identifies the row.
  var namesRow: Bool {
    switch self {
    case .experiment, .group, .seed, .fold, .className, .specs, .runs: true
    default: false
    }
  }

  /// `columns` by how much a reader would miss them.
  private static func byImportance(
    _ columns: [ComparisonColumn], _ comparison: Comparison
  ) -> [ComparisonColumn] {
    let judged = comparison.judgedScore
    let test = ScoreName(.test, judged.metric)
    let values = columns.filter(\.isValue)
    let asked = comparison.options.metrics.map { $0.map { ComparisonColumn.score($0) } } ?? []
    let order: [ComparisonColumn] =
      [.difference(judged), .probability(judged), .score(test), .difference(test)] + asked
      + values.prefix(2)
      + [
        .interval(judged), .byFold(judged), .score(ScoreName(.validation, .accuracy)),
        .score(ScoreName(.test, .accuracy)), .trainSeconds, .parameters,
      ] + values.dropFirst(2) + [.epochs]
    let known = order.filter(columns.contains)
    return known + columns.filter { !known.contains($0) }
  }
}
