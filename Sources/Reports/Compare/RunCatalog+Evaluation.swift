import Diagnostics
import Records

extension RunCatalog {
  /// Those of its runs that have the evaluation `name`. Throws `Diagnostics` if none has it, unless no run can be read.
  func requireEvaluated(on name: String) throws(Diagnostics) -> EvaluatedRuns {
    guard ExperimentName.isValid(name) else {
      throw Diagnostics([
        Diagnostic(
          identifier: .unknownEvaluation,
          message: "'\(name)' is no name of an evaluation, which \(ExperimentName.rule)",
          hint: known(evaluationNames()) ?? making("NAME"))
      ])
    }
    let evaluated = evaluated(on: name)
    let areAllUnreadable = runs.isEmpty && !problems.isEmpty
    if !evaluated.isEmpty || areAllUnreadable { return evaluated }
    let unfinished = unfinishedRuns(on: name)
    if !unfinished.isEmpty {
      throw Diagnostics([
        Diagnostic(
          identifier: .unknownEvaluation,
          message: "no completed run has the evaluation '\(name)'",
          notes: unfinished.prefix(10).map { .init("not completed: \($0.folder.path)", at: nil) },
          hint: "compare tabulates completed runs: 'exp resume' goes on with others")
      ])
    }
    let names = evaluationNames()
    let stem = EvaluationName.stem(of: name)
    let meant = names.contains(stem) ? stem : Suggestions.nearest(to: name, among: names)
    throw Diagnostics([
      Diagnostic(
        identifier: .unknownEvaluation, message: "no completed run has the evaluation '\(name)'",
        notes: problems.map { .init("not read: \($0)", at: nil) },
        hint: meant.map { "did you mean '\($0)'?" } ?? known(names) ?? making(stem))
    ])
  }

  /// Its runs that have the evaluation `name`, but have not completed.
  private func unfinishedRuns(on name: String) -> [RunRecord] {
    runs.filter { run in
      run.status != .completed && (try? run.folder.evaluationNames())?.contains(name) == true
    }
  }

  private func known(_ names: [String]) -> String? {
    let most = 10
    let shown = names.prefix(most).map { "'\($0)'" } + (names.count > most ? ["…"] : [])
    return names.isEmpty ? nil : "completed runs have \(shown.joined(separator: ", "))"
  }

  private func making(_ name: String) -> String {
    let last = EvaluationName.lastWeights
    return name.hasSuffix(last)
      ? "'exp evaluate RUN --data \(name.dropLast(last.count)).yaml --weights last' makes it"
      : "'exp evaluate RUN --data \(name).yaml' makes it"
  }
}
