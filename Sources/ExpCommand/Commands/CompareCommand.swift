import ArgumentParser
import Diagnostics
import Metrics
import Records
import Reports
import Specs

/// `exp compare [RUN…]`
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Tabulate scores over the seeds of each spec.",
    discussion: """
      Runs of the same spec make one row, whatever they are called. Per spec, seed and fold the latest completed \
      run counts; all others are shown below the table. Spec values that differ between rows have columns.

      '--where' takes runs for which an expression holds, such as
        optimizer == adam and (training.epochs > 5 or name in [a, 'b c'])
      A name is that of a spec's value (its key, or an end of it that no other key has), a score \
      (test_f1_macro), or one of \(RunProperty.names). There are ==, !=, <, <=, >, >=, in [a, b], \
      not in [a, b], and, or, not and parentheses. Numbers are compared as numbers. Where a run lacks the \
      value, every comparison but != and 'not in' is false.

      '--baseline' adds how far each row's mean is from the baseline's, with 95 % interval and p-value: \
      paired by seed where at least two seeds are common (then only those count), else by Welch's test; over \
      several rows with Holm's correction. With '--group-by' those runs are pairs that agree in the seed and all \
      other spec values; without such pairs no test is made. \
      Folds of one seed make one score, of the predictions on all of them together; a seed that lacks some makes none. \
      Specs with the same folds are compared fold by fold, by the corrected resampled t-test (Nadeau and Bengio 2003). \
      Losses of different functions (another loss, label smoothing, regularizers) are not compared, nor are \
      scores on different images. \
      Nothing is ever chosen by test: the best row is marked by validation.
      """)

  @Argument(
    help: ArgumentHelp(
      "Run folders, folders of runs, parts of runs' names, or 'latest'; default: all.",
      valueName: "run"), completion: Completions.runs)
  var arguments: [String] = []
  @Option(help: "How to write it.") var format = TableFormat.table
  @Option(
    help: ArgumentHelp(
      "Scores to show, such as val_f1_macro,test_accuracy; with '--per-class' such as val_recall.",
      valueName: "names"))
  var metrics: [String] = []
  @Option(
    help: ArgumentHelp(
      "Show only these columns, in this order: scores, spec values, or others by their names in CSV.",
      valueName: "names"))
  var columns: [String] = []
  @Flag(help: "Show all columns, however wide the terminal is.") var wide = false
  @Option(
    help: ArgumentHelp(
      "Show the scores of this evaluation, by 'exp evaluate --data', as those on test images.",
      valueName: "name"))
  var evaluation: String?
  @Option(
    name: .customLong("where"),
    help: ArgumentHelp("Take only runs for which this holds.", valueName: "expression"))
  var filter: [String] = []
  @Option(
    help: ArgumentHelp(
      """
      Make a row for each value under this key, with the runs of all specs that have it; or, to compare a spec with \
      itself, for each \(RunCircumstance.names).
      """, valueName: "key"))
  var groupBy: String?
  @Flag(help: "Make a row for each run that counts.") var perRun = false
  @Flag(help: "Make a row for each spec and class: precision, recall and F1.") var perClass = false
  @Option(
    help: ArgumentHelp(
      """
      The column to sort by, best first: a score, a spec's value, experiment, runs, parameters, epochs \
      or train_seconds. (default: the first score of validation shown)
      """, valueName: "column"))
  var sortBy: String?
  @Option(help: ArgumentHelp("Show only so many rows, and the baseline.", valueName: "number"))
  var top: Int?
  @Option(help: ArgumentHelp("Digits behind the point of scores.", valueName: "digits"))
  var precision = 4
  @Option(
    help: ArgumentHelp(
      "Compare with this experiment, row (as tag:v1), or spec hash.", valueName: "name"),
    completion: Completions.runs)
  var baseline: String?
  @Option(
    help: ArgumentHelp(
      """
      Exit with 2 if in any row, shown or not, a score is worse than the baseline's by more than a margin \
      (test_f1_macro:0.002), is missing, or cannot be compared.
      """, valueName: "score:margin"))
  var failIfWorse: [String] = []
  @OptionGroup var runs: RunsOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let options = try options()
    let catalog = try RunCatalog(arguments: arguments, root: runs.directory)
    runs.explainAbsence(from: catalog)
    let comparison = try Comparison(catalog, options)
    Console.output(
      comparison.text(
        format, width: wide ? nil : Console.outputWidth, hasColor: Console.outputHasColor))
    if format == .csv {
      // CSV has no place for notes, but nothing may be left out silently.
      for note in comparison.sentences + comparison.notes { Console.error(note) }
    }
    let failures = comparison.gateFailures
    for failure in failures { Console.error("--fail-if-worse: \(failure)") }
    if !failures.isEmpty { throw ExitCode(ExitStatus.gateFailed.rawValue) }
    // Those of the catalog, of the evaluation that is shown, and of predictions that are pooled.
    try RunsOptions.requireNone(
      of: comparison.problems + comparison.ensembleProblems + comparison.foldProblems
        + comparison.predictionProblems)
    // Exits here, since freeing the records of thousands of runs takes a while.
    withExtendedLifetime((catalog, comparison)) { Self.exit() }
  }

  private func options() throws -> ComparisonOptions {
    try refuseWhatContradicts()
    var options = ComparisonOptions()
    if perClass {
      let names = try Self.names(in: metrics, of: ClassScoreName.self)
      options.grouping = .classes(names ?? [])
    } else {
      options.metrics = try Self.names(in: metrics, of: ScoreName.self)
    }
    if let groupBy { options.grouping = .values(key: groupBy) }
    if perRun { options.grouping = .runs }
    if !columns.isEmpty { options.show(columns: Self.items(of: columns)) }
    options.showsAllValues = wide
    if let filter = filter.first { options.filter = try RunFilter(filter) }
    options.evaluation = evaluation
    options.sortColumn = sortBy
    options.top = top
    options.baseline = baseline
    options.gates = try failIfWorse.map(gate)
    options.digits = precision
    return options
  }

  private func refuseWhatContradicts() throws {
    let layouts = [
      (groupBy != nil, "--group-by"), (perRun, "--per-run"), (perClass, "--per-class"),
    ].filter(\.0).map(\.1)
    if layouts.count > 1 {
      throw Diagnostics.usage(
        "'\(layouts[0])' and '\(layouts[1])' both say what a row is", hint: "leave one of them out")
    }
    if baseline != nil, perRun || perClass {
      throw Diagnostics.usage(
        "'--baseline' compares means over seeds, which rows of '\(layouts[0])' are not",
        hint: "leave '\(layouts[0])' out, or take two specs by '--where'")
    }
    if filter.count > 1 {
      throw Diagnostics.usage("'--where' can be given once", hint: "join the conditions with 'and'")
    }
    if !failIfWorse.isEmpty, baseline == nil {
      throw Diagnostics.usage(
        "'--fail-if-worse' needs something to be worse than", hint: "add '--baseline NAME'")
    }
    if !columns.isEmpty, !metrics.isEmpty {
      throw Diagnostics.usage(
        "'--metrics' and '--columns' both say which scores are shown",
        hint: "give the scores to '--columns', among the others")
    }
    if let top, top < 1 { throw Diagnostics.usage("'--top' must be at least 1, got \(top)") }
    if !(0...15).contains(precision) {
      throw Diagnostics.usage("'--precision' must be between 0 and 15, got \(precision)")
    }
  }

  private func gate(_ text: String) throws -> RegressionGate {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
      throw Diagnostics.usage(
        "'--fail-if-worse' needs a score and a margin, got '\(text)'",
        hint: "for example 'test_f1_macro:0.002'")
    }
    guard let margin = Double(parts[1]), margin.isFinite, margin >= 0 else {
      throw Diagnostics.usage(
        "the margin of '--fail-if-worse' must be a number of at least 0, got '\(parts[1])'")
    }
    return RegressionGate(
      try Self.name(parts[0], of: ScoreName.self, in: "--fail-if-worse"), margin: margin)
  }

  /// The scores in all `lists`; nil if there are no lists.
  private static func names<Name>(in lists: [String], of type: Name.Type) throws -> [Name]?
  where Name: RawRepresentable<String> & CaseIterable & Hashable {
    guard !lists.isEmpty else { return nil }
    var known: Set<Name> = []
    return try items(of: lists).map { try name($0, of: type, in: "--metrics") }
      .filter { known.insert($0).inserted }
  }

  /// The texts between the commas of `lists`.
  private static func items(of lists: [String]) -> [String] {
    lists.joined(separator: ",").split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.filter { $0 != " " } }
  }

  private static func name<Name>(
    _ text: String, of type: Name.Type, in option: String
  ) throws -> Name where Name: RawRepresentable<String> & CaseIterable {
    if let name = Name(rawValue: text) { return name }
    let all = Name.allCases.map(\.rawValue)
    func nearest(_ text: String) -> String? {
      Suggestions.nearest(to: text, among: all, OtherNames(ScoreName.otherNames))
    }
    throw Diagnostics.usage(
      "\(option): there is no score '\(text)'",
      hint: (nearest(text) ?? nearest(ScoreName.Part.validation.prefix + text)).map {
        "did you mean '\($0)'?"
      }
        ?? "there are \(all.joined(separator: ", "))")
  }
}
