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
    let name = try EvaluationName(file: file, isOfLastWeights: weights == .last).text
    let found = try RunCatalog(arguments: arguments, root: runs.directory)
    for problem in found.problems { Console.error("error: \(problem)") }
    if ensemble { try RunsOptions.requireAll(of: found) }
    let section = try dataSection(of: file)
    guard !found.runs.isEmpty else { throw ExitCode(ExitStatus.inputMissing.rawValue) }
    let catalog = found.withoutContinued
    for run in found.runs where run.status == .continued && !catalog.runs.contains(run) {
      Console.error("skipped: \(run.folder.path) was continued in another folder")
    }
    let set = try TestSet(section, from: data.locations)
    set.printNotes()
    if !force { try catalog.requireNoOtherEvaluation(name, than: set, weights) }
    let evaluations = DataEvaluations(
      on: set, recordedAs: name, makeEnsemble: ensemble, replacesOthers: force,
      backend: threads.backend)
    let images = "\(counted(set.count, "image")) of \(name)"
    if ensemble {
      try evaluateTogether(catalog.runsAsNamed, evaluations, on: images)
    } else {
      try evaluateEach(of: catalog, evaluations, on: images)
    }
    try RunsOptions.requireAll(of: found)
  }

  /// Scores and records one run after the other; where one fails, the others go on.
  private func evaluateEach(
    of catalog: RunCatalog, _ evaluations: DataEvaluations, on images: String
  ) throws {
    var (evaluations, firstError) = (evaluations, (any Error)?.none)
    var text = EvaluationText(images: images)
    for run in catalog.runsAsNamed {
      do {
        let row = try evaluations.addNoting(SavedModel(run.folder, weights))
        text.add(row)
        try evaluations.record(row)
      } catch let error as NoWeightsError where !catalog.isNamedAlone(run) {
        Console.error("skipped: \(error)")
      } catch {
        Failure(error).report()
        firstError = firstError ?? error
      }
    }
    evaluations.printWarnings()
    if !text.isEmpty { Console.output(text.text) }
    if let firstError { throw ExitCode(Failure(firstError).exitStatus.rawValue) }
    if text.isEmpty { throw ExitCode(ExitStatus.inputMissing.rawValue) }
  }

  /// Scores all `runs` and their mean, and records that once all are known to make an ensemble.
  private func evaluateTogether(
    _ runs: [RunRecord], _ evaluations: DataEvaluations, on images: String
  ) throws {
    var (evaluations, text) = (evaluations, EvaluationText(images: images))
    // One network after the other, so that no two are in memory.
    for run in runs { text.add(try evaluations.addNoting(SavedModel(run.folder, weights))) }
    let ensemble = evaluations.ensemble()
    evaluations.printWarnings()
    Console.output(text.text)
    ensemble.notes.forEach(Console.note)
    Console.output(report(of: ensemble))
    let failures = evaluations.recordAll(with: ensemble)
    for failure in failures { Failure(failure).report() }
    guard let first = failures.first else { return }
    if first.part == .scores {
      Console.note("the ensemble is not recorded, since not all of its members are")
    }
    throw ExitCode(Failure(first).exitStatus.rawValue)
  }

  /// The section `data` of `file`. Throws the mistakes in it.
  private func dataSection(of file: String) throws -> DataSpec {
    var diagnostics = Diagnostics()
    guard let section = PlanReader(data.locations).data(of: file, &diagnostics) else {
      throw diagnostics
    }
    return section
  }

  /// The report of the mean of several networks.
  private func report(of ensemble: DataEvaluations.Ensemble) -> String {
    "\nThe mean of the probabilities of \(counted(ensemble.record.members.count, "run"))\n\n"
      + ensemble.evaluation.report + "\n" + ensemble.record.text()
  }
}

extension DataEvaluations {
  fileprivate func printWarnings() {
    if !warnings.all.isEmpty { Console.error(warnings.rendered(color: Console.hasColor)) }
  }

  /// Scores `model`, with a note if it has not come to its end, or was trained on the images.
  fileprivate mutating func addNoting(_ model: SavedModel) throws -> Row {
    let row = try add(model)
    [model.note, row.note].compactMap(\.self).forEach(Console.note)
    return row
  }
}

/// The text about the runs that were scored: the report of a single one, or the table of several.
private struct EvaluationText {
  /// The images in words.
  let images: String
  private var rows: [EvaluationTable.Row] = []
  private var firstReport = ""
  /// The warnings about values that are conventions and not measured, with the runs that have them.
  private var warnings: [(text: String, runs: [String])] = []

  init(images: String) { self.images = images }

  var isEmpty: Bool { rows.isEmpty }

  mutating func add(_ row: DataEvaluations.Row) {
    if isEmpty { firstReport = "\(row.run) on \(images)\n\n" + row.evaluation.report }
    for text in row.record.scores.warnings(classNames: row.evaluation.predictions.classNames) {
      let place = warnings.firstIndex { $0.text == text } ?? warnings.endIndex
      if place == warnings.endIndex { warnings.append((text, [])) }
      warnings[place].runs.append(row.run)
    }
    rows.append(
      .init(run: row.run, row.record, crossEntropy: row.evaluation.predictions.crossEntropy))
  }

  var text: String {
    guard rows.count > 1 else { return firstReport }
    return EvaluationTable(rows).text(width: Console.outputWidth)
      + warnings.map { "warning: \(listed($0.runs, most: 3)): \($0.text)\n" }.joined()
  }
}
