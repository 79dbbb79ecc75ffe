import Metrics

extension ComparisonColumn {
  /// What `comparison` shows, from left to right.
  static func all(_ comparison: Comparison) -> [ComparisonColumn] {
    let options = comparison.options
    let values = comparison.differences.addresses.map { ComparisonColumn.value($0) }
    let sorting = options.sortColumn == nil ? [] : [comparison.sortColumn]
    let scores = options.shownMetrics.map { ComparisonColumn.score($0) }
    let compared = compared(comparison)
    let costs: [ComparisonColumn] = [.parameters, .epochs, .trainSeconds]
    let columns: [ComparisonColumn] =
      switch options.layout {
      case .specs: [.experiment, .runs] + values + scores + compared + costs
      case .values(let key): [.group(key), .specs, .runs] + scores + compared + costs
      case .runs: [.experiment, .seed] + values + scores + costs + [.path]
      case .classes(let scores):
        [.experiment, .className, .runs] + values + scores.map { .classScore($0) }
          + ScoreName.Part.allCases.filter { part in scores.contains { $0.part == part } }
          .map { .support($0) }
      }
    return columns + sorting.filter { !columns.contains($0) }
  }

  /// What is known beside mean and deviation: the interval of a score's mean, and how far rows are from the
  /// baseline.
  private static func compared(_ comparison: Comparison) -> [ComparisonColumn] {
    let judged = comparison.judgedScore
    let interval: [ComparisonColumn] =
      comparison.rows.contains { $0.counted.count > 1 } ? [.interval(judged)] : []
    guard comparison.baseline != nil else { return interval }
    return interval + comparison.options.shownMetrics.map { .difference($0) }
      + [.probability(judged)]
  }

  /// The ranks of `columns` in a table: 0 always stays; of the others those with the highest go first where
  /// space is short.
  ///
  /// `telling` are those without which rows look alike.
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

  /// Whether it says what a row is about.
  var namesRow: Bool {
    switch self {
    case .experiment, .group, .seed, .className, .specs, .runs: true
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
        .interval(judged), .score(ScoreName(.validation, .accuracy)),
        .score(ScoreName(.test, .accuracy)), .trainSeconds, .parameters,
      ] + values.dropFirst(2) + [.epochs]
    let known = order.filter(columns.contains)
    return known + columns.filter { !known.contains($0) }
  }
}
