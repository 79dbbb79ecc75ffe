import ArgumentParser
import Diagnostics
import Metrics
import Records
import Reports
import Running
import TextLayout

/// `exp evaluate RUN…`
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Rebuild the network of runs, score it anew, and say if the record disagrees.",
    discussion: """
      Exits with 1 if a record disagrees. Runs without results are named and skipped, unless they are all \
      that an argument means.

      With '--data' the networks are scored on other images, which the section 'data' of a YAML file declares: the \
      dataset's test part, or the images that 'test' holds out, or else those to train on; a test set alone \
      will do. Classes are matched by their names. The scores are recorded in each run's folder, as evaluations/NAME \
      after the file's name (NAME-last with '--weights last'), and 'exp compare --evaluation NAME' tabulates them. \
      Several runs are tested against the first, by McNemar's test.
      """)

  @Argument(
    help: ArgumentHelp(
      "Run folders, folders of runs, parts of runs' names, or 'latest'.",
      valueName: "run"), completion: Completions.runs)
  var arguments: [String]
  @Option(
    name: .customLong("data"),
    help: ArgumentHelp("Score them on the data of this YAML file.", valueName: "file"),
    completion: Completions.specs)
  var otherData: String?
  @Flag(help: "With '--data': also score the mean of the probabilities of all runs, and record it.")
  var ensemble = false
  @Flag(help: "With '--data': replace an evaluation of that name that is of other images.")
  var force = false
  @Option(help: "With '--data': the weights that results come from, or those of the last epoch.")
  var weights = SavedModel.WeightsChoice.best
  @OptionGroup var runs: RunsOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if otherData == nil, ensemble {
      throw ValidationError("'--ensemble' needs images to score it on: add '--data FILE'")
    }
    if otherData == nil, force {
      throw ValidationError("'--force' replaces evaluations on other data: add '--data FILE'")
    }
    if otherData == nil, weights == .last {
      throw ValidationError(
        "the record is of the best weights: '--weights last' needs '--data FILE'")
    }
  }

  func run() throws {
    if let otherData { return try evaluate(on: otherData) }
    let catalog = try RunCatalog(arguments: arguments, root: runs.directory)
    for problem in catalog.problems { Console.error("error: \(problem)") }
    var (agrees, isComplete, count) = (true, catalog.problems.isEmpty, 0)
    var firstError: (any Error)?
    for record in catalog.runs {
      guard record.status == .completed else {
        let isWanted = catalog.isNamedAlone(record)
        Console.error(
          "\(isWanted ? "error" : "skipped"): \(record.folder.path) is \(record.status.rawValue): "
            + "it has no results")
        isComplete = isComplete && !isWanted
        continue
      }
      count += 1
      do {
        let evaluation = try Reevaluation(
          record.folder, context: RunContext(runs.directory, threads), backend: threads.backend,
          dataDirectory: data.directory,
          report: { Console.error($0) })
        Console.output(text(of: evaluation))
        agrees = agrees && evaluation.disagreements.isEmpty
      } catch {
        Failure(error).report()
        firstError = firstError ?? error
      }
    }
    if let firstError { throw ExitCode(Failure(firstError).exitStatus.rawValue) }
    if !isComplete || count == 0 { throw ExitCode(ExitStatus.inputMissing.rawValue) }
    if !agrees { throw ExitCode(ExitStatus.runFailed.rawValue) }
  }

  private func text(of evaluation: Reevaluation) -> String {
    let recorded = evaluation.recorded
    let rows = ScoreName.allCases.compactMap { name -> [String]? in
      let scores = name.part == .validation ? evaluation.validation : evaluation.test
      guard let scores, recorded.scores(on: name.part)?.measured.contains(name.metric) == true
      else { return nil }
      return [name.rawValue]
        + [name.metric.value(in: scores), recorded.value(of: name)].map { $0?.fixed(6) ?? "–" }
    }
    let table = TextTable(
      [.init("score"), .init("now", .right), .init("recorded", .right)], rows: rows)
    let verdict =
      evaluation.disagreements.isEmpty
      ? "the record agrees; probabilities differ by at most \(evaluation.largestDifference)\n"
      : evaluation.disagreements.map { "the record disagrees: \($0)\n" }.joined()
    return "\(evaluation.folder.path)\n\n"
      + evaluation.final.report(classNames: evaluation.classNames)
      + "\n" + table.text(width: Console.outputWidth) + "\n" + verdict
  }
}
