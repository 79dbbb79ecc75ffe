import Diagnostics
import Documents
import Metrics
import Records

/// Runs side by side: one row for each spec and data, with mean and standard deviation over its seeds.
///
/// Per spec and seed the latest completed run counts. Others are shown, but never averaged.
package struct Comparison: Sendable {
  /// In the order asked for.
  package let rows: [ComparisonRow]
  /// Folders that cannot be read.
  package let problems: [RunProblem]
  /// Folders that hold no runs.
  package let strays: [RunProblem]
  /// Runs that are counted, but whose values cannot be read.
  package let valueProblems: [RunProblem]
  /// Runs that are counted, but whose predictions cannot be read, so that no metrics of probabilities are pooled.
  package var predictionProblems: [RunProblem] {
    allRows.flatMap(\.foldSets).compactMap(\.predictionProblem)
  }
  /// Runs that cannot be of a fold beside the others of their seed, which counts in no score.
  package var foldProblems: [RunProblem] {
    groups.flatMap(\.foldSets).compactMap(\.contradiction)
  }
  /// The options of the comparison.
  package let options: ComparisonOptions
  /// The rows that runs are counted in, unordered, before any are divided or left out.
  let groups: [ComparisonRow]
  /// The runs that the filter leaves out.
  let filtered: Set<RunRecord>
  /// The rows beside those shown, in the order asked for.
  let hiddenRows: [ComparisonRow]
  /// All rows, shown or hidden.
  var allRows: [ComparisonRow] { rows + hiddenRows }
  /// The row that the others are compared with, if there is one.
  package let baseline: ComparisonRow?
  /// The runs as the evaluation has scored them whose scores are shown; nil if these are the runs' own.
  private(set) var evaluated: EvaluatedRuns?
  /// The columns that were asked for; nil: the usual ones.
  private(set) var chosenColumns: [ComparisonColumn]?
  /// Ensembles that cannot be read, though the scores of their members count.
  package var ensembleProblems: [RunProblem] { evaluated?.ensembleProblems ?? [] }
  /// The score whose interval a table shows, and that the sentences about the baseline are about: the first that was
  /// asked for; else the validation score by which the best row is chosen; without validation images, the same score on
  /// test images.
  package let judgedScore: ScoreName
  /// The values in force, and short names for them.
  let values: ValueTable
  let names: Addresses
  /// The values that differ between all rows, however many of them are shown.
  let differences: ValueDifferences
  /// The addresses of those that titles of rows do not say.
  let untitledValues: [String]
  /// The column that the rows are sorted by.
  let sortColumn: ComparisonColumn

  /// Compares the runs of `catalog`. The best row comes first, rows without a value last.
  ///
  /// Throws `Diagnostics` if the options name something that does not exist, and a `BaselineError`.
  package init(_ catalog: RunCatalog, _ options: ComparisonOptions = ComparisonOptions()) throws {
    guard let name = options.evaluation else {
      try self.init(catalog, options, valuesOf: catalog.values)
      return
    }
    let evaluated = try catalog.requireEvaluated(on: name)
    try self.init(evaluated.catalog, options, valuesOf: catalog.values)
    self.evaluated = evaluated
  }

  /// Likewise, with the values of each run as `valuesOf` returns them.
  package init(
    _ catalog: RunCatalog, _ options: ComparisonOptions = ComparisonOptions(),
    valuesOf: (RunRecord) -> RunValues?
  ) throws {
    values = ValueTable(catalog.runs, valuesOf)
    names = Addresses(values.addresses, reserved: ComparisonColumn.reservedNames)
    problems = catalog.problems
    strays = catalog.strays
    var options = options
    if case .values(let name) = options.grouping, !catalog.runs.isEmpty {
      options.grouping = try Self.grouping(by: name, names)
    }
    let parts = catalog.runs.map(\.data.finalPart)
    options.finalPart = parts.isEmpty || parts.contains(.test) ? .test : .validation
    if options.grouping == .classes([]) {
      options.grouping = .classes(ClassScoreName.usual(options.finalPart))
    }
    self.options = options
    let circumstances = CircumstanceValues(of: catalog.runs, options.grouping)
    valueProblems = catalog.valueProblems + circumstances.problems
    let holds = try options.filter?.condition(values, names)
    let filtered =
      holds.map { Self.leftOut(of: catalog.runs, by: $0, apart: circumstances) } ?? []
    let runs = filtered.isEmpty ? catalog.runs : catalog.runs.filter { !filtered.contains($0) }
    self.filtered = filtered
    sortColumn = try ComparisonColumn(sorting: options, names)

    groups = Self.groups(runs, options, values, names, circumstances)
    var rows = options.grouping == .runs ? groups.flatMap(\.singleRuns) : groups
    if options.concernsLosses { Self.addLosses(to: &rows, values) }
    Self.sort(&rows, by: sortColumn, values)
    Self.markBest(&rows, by: options.choice)
    if let baseline = options.baseline {
      try Self.compare(&rows, withBaseline: baseline, options, values)
    }
    differences = ValueDifferences(
      options.grouping.showsSpecs ? Set(rows.map(\.specHash)) : [], in: values, names: names)
    untitledValues = Self.untitled(differences.telling, rows, options, values)
    let top = options.top ?? rows.count
    hiddenRows = rows.dropFirst(top).filter { !$0.isBaseline }
    rows = rows.prefix(top) + rows.dropFirst(top).filter(\.isBaseline)
    if case .classes = options.grouping { rows = rows.flatMap(\.classes) }
    self.rows = rows
    baseline = rows.first(where: \.isBaseline)
    judgedScore =
      options.metrics?.first ?? Self.judgedScore(options.choice, rows + hiddenRows, baseline)
    if let names = options.columns, !catalog.runs.isEmpty {
      chosenColumns = try ComparisonColumn.named(names, in: self)
    }
  }

  /// `choice`, unless only test scores can be compared: if there are no validation images, or none are those of the
  /// baseline, as with other numbers of training images. Of test folds, the test score.
  private static func judgedScore(
    _ choice: ScoreName, _ rows: [ComparisonRow], _ baseline: ComparisonRow?
  ) -> ScoreName {
    let test = ScoreName(.test, choice.metric)
    let isOfTestFolds = rows.contains { $0.foldSets.contains { $0.foldedPart == .test } }
    let compared = (isOfTestFolds ? [test, choice] : [choice, test]).first { score in
      rows.contains { $0.differences[score] != nil }
    }
    if isOfTestFolds, compared == nil { return test }
    let hasValidation = (baseline.map { [$0] } ?? rows).contains { $0.statistics(choice) != nil }
    return compared ?? (hasValidation || rows.isEmpty ? choice : test)
  }

  /// The way of grouping that `name` means: a circumstance of runs, or a value of specs.
  private static func grouping(
    by name: String, _ names: Addresses
  ) throws(Diagnostics) -> ComparisonOptions.Grouping {
    if let circumstance = RunCircumstance(rawValue: name) { return .circumstances(circumstance) }
    let others = RunCircumstance.allCases.map(\.rawValue)
    return .values(
      key: try names.required(
        name, for: "--group-by", or: others, absence: "no experiment has a value"))
  }

  /// Notes in `rows` the functions that the losses of their counted runs are values of.
  static func addLosses(to rows: inout [ComparisonRow], _ values: ValueTable) {
    var losses: [String: ReportedLoss] = [:]
    for place in rows.indices {
      for run in rows[place].counted {
        let loss =
          losses[run.specHash]
          ?? ReportedLoss(of: run.specHash, parameterCount: run.parameterCount, in: values)
        losses[run.specHash] = loss
        rows[place].losses.insert(loss)
      }
    }
  }

  /// Marks the rows that are best by validation among those that it measures alike, of equals the first; none where
  /// there is nothing to choose from.
  private static func markBest(_ rows: inout [ComparisonRow], by choice: ScoreName) {
    let means = rows.map { row in
      row.statistics(choice).map { choice.higherIsBetter ? $0.mean : -$0.mean }
    }
    for places in Dictionary(
      grouping: rows.indices.filter { means[$0] != nil },
      by: { rows[$0].measure(of: choice) }
    ).values where places.count > 1 {
      // A score that is not a finite number never wins.
      let known = places.compactMap { place in means[place].map { (place, mean: $0) } }
        .filter(\.mean.isFinite)
      guard let best = known.map(\.mean).max() else { continue }
      if let first = known.first(where: { $0.mean == best }) { rows[first.0].isBest = true }
    }
  }

  /// Sorts `rows`, the best first; equals by label. By a score, those that it measures alike stand together, the most
  /// first.
  private static func sort(
    _ rows: inout [ComparisonRow], by column: ComparisonColumn, _ values: ValueTable
  ) {
    let keys = rows.map { column.sortKey(of: $0, values) }
    let ranks = rankedApart(rows, by: column, rows.indices.filter { keys[$0] != nil })
    let places = rows.indices.sorted { left, right in
      switch (keys[left], keys[right]) {
      case (.some, .some) where ranks[left] != ranks[right]: ranks[left] < ranks[right]
      case (let first?, let second?) where first != second: first < second
      case (.some, nil): true
      case (nil, .some): false
      default:
        (rows[left].label, rows[left].identity.group, rows[left].latest.folder.path)
          < (rows[right].label, rows[right].identity.group, rows[right].latest.folder.path)
      }
    }
    rows = places.map { rows[$0] }
  }

  /// For each of `rows` the rank of the group that `column` measures alike, of those at `places`; 0 for all if it is
  /// no score.
  private static func rankedApart(
    _ rows: [ComparisonRow], by column: ComparisonColumn, _ places: [Int]
  ) -> [Int] {
    var ranks = rows.map { _ in 0 }
    guard case .score(let score) = column else { return ranks }
    let groups = Dictionary(grouping: places) { rows[$0].measure(of: score) }.values
      .map { (places: $0, label: $0.map { rows[$0].label }.min() ?? "") }
      .sorted { (-$0.places.count, $0.label) < (-$1.places.count, $1.label) }
    for (rank, group) in groups.enumerated() { for place in group.places { ranks[place] = rank } }
    return ranks
  }
}

extension ComparisonRow {
  /// A copy for each class.
  fileprivate var classes: [ComparisonRow] {
    self.data.classNames.indices.map { index in
      var copy = self
      copy.classIndex = index
      return copy
    }
  }
}
