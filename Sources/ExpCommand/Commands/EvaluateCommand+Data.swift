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
    guard !catalog.runs.isEmpty else { throw ExitCode(ExitStatus.inputMissing.rawValue) }
    let set = try TestSet(section, from: data.locations)
    set.printNotes()
    if !force { try catalog.requireNoOtherEvaluation(name, than: set, weights) }
    var evaluations = DataEvaluations(on: set, recordedAs: name, backend: threads.backend)
    var warnings = Diagnostics()
    var (standard, firstError) = (EnsembleStandard?.none, (any Error)?.none)
    func report(_ error: any Error) {
      Failure(error).report()
      firstError = firstError ?? error
    }
    // One network after the other, so that no two are in memory.
    for run in catalog.runs {
      do {
        let model = try SavedModel(run.folder, weights)
        if let warning = model.warning { Console.note(warning) }
        set.otherPreparation(than: model.plan.spec.data.dataset.value).map { warnings.add($0) }
        if ensemble {
          standard = standard ?? EnsembleStandard(model)
          try standard?.require(model)
        }
        let row = try evaluations.add(model)
        // The members of an ensemble are recorded when all are known to make one.
        if !ensemble { try evaluations.record(row) }
      } catch let error as NoWeightsError where !ensemble && !catalog.isNamedAlone(run) {
        Console.error("skipped: \(error)")
      } catch  where !ensemble {
        report(error)
      }
    }
    if !warnings.all.isEmpty { Console.error(warnings.rendered(color: Console.hasColor)) }
    if !evaluations.rows.isEmpty {
      let images = "\(counted(set.count, "image")) of \(name)"
      Console.output(text(of: evaluations.rows, on: images))
    }
    if ensemble {
      let ensemble = evaluations.ensemble()
      ensemble.notes.forEach(Console.note)
      Console.output(text(of: ensemble))
      for row in evaluations.rows {
        do { try evaluations.record(row) } catch { report(error) }
      }
      if firstError == nil {
        do { try evaluations.record(ensemble) } catch { report(error) }
      } else {
        Console.note("the ensemble is not recorded, since not all of its members are")
      }
    }
    if let firstError { throw ExitCode(Failure(firstError).exitStatus.rawValue) }
    if evaluations.rows.isEmpty { throw ExitCode(ExitStatus.inputMissing.rawValue) }
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
    if let type = ["npz", "csv"].first(where: { name.hasSuffix(".\($0)") }) {
      throw Diagnostics.usage(
        "'--data' takes a YAML file that declares the images; '\(file)' is none",
        hint: "write 'data: {dataset: {type: \(type), path: \(name)}}' into one beside it")
    }
    let stem = EvaluationName.stem(of: name)
    let last = EvaluationName.lastWeights
    let result = weights == .last ? stem + last : stem
    guard ExperimentName.isValid(result) else {
      throw Diagnostics.usage(
        "\(name.quoted) names the evaluation \(result.quoted), which \(ExperimentName.rule)",
        hint: "rename the file")
    }
    guard !stem.hasSuffix(last) else {
      throw Diagnostics.usage(
        "'\(file)' names the evaluation, and '\(last)' at its end means '--weights last'",
        hint: "rename the file")
    }
    return result
  }

  /// The report of a single run on `images`, or the table of several.
  private func text(of rows: [DataEvaluations.Row], on images: String) -> String {
    guard rows.count > 1 else {
      return "\(rows[0].run) on \(images)\n\n" + rows[0].evaluation.report
    }
    return EvaluationTable(
      rows.map {
        .init(
          run: $0.run, scores: $0.evaluation.scores, predictions: $0.evaluation.predictions)
      }
    ).text(width: Console.outputWidth)
  }

  /// The report of the mean of several networks.
  private func text(of ensemble: DataEvaluations.Ensemble) -> String {
    "\nThe mean of the probabilities of \(counted(ensemble.record.members.count, "run"))\n\n"
      + ensemble.evaluation.report + "\n" + ensemble.record.text()
  }
}
