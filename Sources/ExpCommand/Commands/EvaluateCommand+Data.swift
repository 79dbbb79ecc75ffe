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
    let name = try evaluationName(of: file)
    let catalog = try RunCatalog(arguments: arguments, root: runs.directory)
    for problem in catalog.problems { Console.error("error: \(problem)") }
    if ensemble { try RunsOptions.requireAll(of: catalog) }
    let section = try dataSection(of: file)
    let models = try SavedModels(of: catalog, weights, isEnsemble: ensemble)
    for error in models.skipped { Console.error("skipped: \(error)") }
    guard !models.all.isEmpty else { throw ExitCode(ExitStatus.inputMissing.rawValue) }
    models.all.compactMap(\.warning).forEach(Console.note)
    let set = try TestSet(section, from: data.locations)
    if !set.warnings.all.isEmpty {
      Console.error(set.warnings.rendered(color: Console.hasColor))
    }
    if set.isWholeDataset {
      Console.note(
        "the dataset has no images for the final score, so its training images are scored")
    }
    let evaluations = try DataEvaluations(
      of: models, on: set, recordedAs: name, backend: threads.backend)
    Console.output(text(of: evaluations, on: "\(counted(set.count, "image")) of \(name)"))
    try RunsOptions.requireAll(of: catalog)
  }

  /// The section `data` of `file`. Throws the mistakes in it.
  private func dataSection(of file: String) throws -> DataSpec {
    var diagnostics = Diagnostics()
    guard let section = PlanReader(data.locations).data(of: file, &diagnostics) else {
      throw diagnostics
    }
    return section
  }

  /// The name of the evaluation: that of the file, without its ending, and the weights if they are not the best.
  private func evaluationName(of file: String) throws -> String {
    let name = Storage.name(of: file)
    let stem = [".yaml", ".yml"].first(where: name.hasSuffix).map { name.dropLast($0.count) }
    let result = stem.map(String.init) ?? name
    guard ExperimentName.isValid(result) else {
      throw Diagnostics.usage(
        "'\(file)' names the evaluation, which \(ExperimentName.rule)", hint: "rename the file")
    }
    let last = "-\(SavedModel.Weights.last.rawValue)"
    guard !result.hasSuffix(last) else {
      throw Diagnostics.usage(
        "'\(file)' names the evaluation, and '\(last)' at its end means '--weights last'",
        hint: "rename the file")
    }
    return weights == .last ? result + last : result
  }

  /// The report of a single run on `images`, or the table of several, and the scores of their mean.
  private func text(of evaluations: DataEvaluations, on images: String) -> String {
    let rows = evaluations.rows
    let table = EvaluationTable(
      rows.map {
        .init(
          run: $0.run, scores: $0.evaluation.scores, predictions: $0.evaluation.predictions)
      })
    let scores =
      rows.count == 1
      ? "\(rows[0].run) on \(images)\n\n" + rows[0].evaluation.report
      : table.text(width: Console.outputWidth)
    guard let mean = evaluations.mean else { return scores }
    return scores + "\nThe mean of the probabilities of \(counted(rows.count, "run"))\n\n"
      + mean.report + "\n" + table.spread(of: mean.scores)
  }
}

extension DataEvaluation {
  fileprivate var report: String { scores.report(classNames: predictions.classNames) }
}
