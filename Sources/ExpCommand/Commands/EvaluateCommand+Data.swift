import ArgumentParser
import Datasets
import Diagnostics
import Files
import Metrics
import Plans
import Records
import Reports
import Running
import TextLayout

/// `exp evaluate RUN… --data FILE`
extension EvaluateCommand {
  /// Scores the runs on the images that `file` declares, and records it.
  func evaluate(on file: String) throws {
    let catalog = try RunCatalog(arguments: arguments, root: runs.directory)
    for problem in catalog.problems { Console.error("error: \(problem)") }
    let name = try Self.name(of: file) + (weights == .best ? "" : "-\(weights.rawValue)")
    let set = try testSet(of: file)
    guard !catalog.runs.isEmpty else { return try RunsOptions.requireAll(of: catalog) }
    let models = try models(of: catalog)
    guard !models.isEmpty else { throw ExitCode(ExitStatus.inputMissing.rawValue) }
    if ensemble { try models.requireEnsemble() }
    if set.isWholeDataset {
      Console.error("note: the dataset has no images for the final score, so all of it is scored")
    }
    let evaluations = try models.map { model in
      let evaluation = try DataEvaluation(model, on: set, backend: threads.backend)
      try evaluation.record(as: name, of: model)
      return evaluation
    }
    let table = EvaluationTable(
      zip(models, evaluations).map {
        .init(run: $0.folder.path, scores: $1.scores, predictions: $1.predictions)
      })
    if let only = evaluations.first, evaluations.count == 1 {
      Console.output(
        "\(models[0].folder.path) on \(counted(set.count, "image")) of \(name)\n\n"
          + only.scores.report(classNames: only.classNames))
    } else {
      Console.output(table.text(width: Console.outputWidth))
    }
    if ensemble { Console.output(text(ofMean: evaluations, table)) }
    try RunsOptions.requireAll(of: catalog)
  }

  /// The networks of the runs in `catalog`. Those that have saved no weights are named and skipped, unless an argument
  /// means one alone; an ensemble needs all.
  private func models(of catalog: RunCatalog) throws -> [SavedModel] {
    try catalog.runs.compactMap { run in
      do {
        return try SavedModel(run.folder, weights)
      } catch let error as NoWeightsError where !ensemble && !catalog.isNamedAlone(run) {
        Console.error("skipped: \(error)")
        return nil
      }
    }
  }

  private func testSet(of file: String) throws -> TestSet {
    var diagnostics = Diagnostics()
    guard let section = PlanReader(data.locations).data(of: file, &diagnostics) else {
      throw diagnostics
    }
    return try TestSet(section, from: data.locations)
  }

  /// The name of the evaluation: that of the file, without its ending.
  private static func name(of file: String) throws -> String {
    let name = Storage.name(of: file)
    let stem = [".yaml", ".yml"].first(where: name.hasSuffix).map { name.dropLast($0.count) }
    let result = stem.map(String.init) ?? name
    guard ExperimentName.isValid(result) else {
      throw Diagnostics.usage(
        "'\(file)' names the evaluation, which \(ExperimentName.rule)", hint: "rename the file")
    }
    return result
  }

  /// The scores of the mean of all runs' probabilities, with the spread of those of its members.
  private func text(ofMean members: [DataEvaluation], _ table: EvaluationTable) -> String {
    let mean = DataEvaluation(meanOf: members)
    return "\nThe mean of the probabilities of \(counted(members.count, "run"))\n\n"
      + mean.scores.report(classNames: mean.classNames) + "\n" + table.spread(of: mean.scores)
  }
}
