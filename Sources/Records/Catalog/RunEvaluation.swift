import Files

/// An evaluation of a run on other data, as a summary of the run names it.
package struct RunEvaluation: Sendable {
  package let name: String
  package let record: EvaluationRecord
  /// True if it scored other weights than the run has now.
  package let isOutdated: Bool

  /// The evaluations of `run`, sorted by name, and the problems of reading others.
  package static func all(of run: RunRecord) -> (found: [Self], problems: [RunProblem]) {
    let folder = run.folder
    var (found, problems) = ([Self](), [RunProblem]())
    let states: [(name: String, state: EvaluationState)]
    do {
      states = try folder.evaluationStates(classNames: run.data.classNames)
    } catch {
      return ([], error.isMissing ? [] : [RunProblem(folder: folder, error)])
    }
    for (name, state) in states {
      switch state {
      case .current(let evaluation):
        found.append(Self(name: name, record: evaluation.record, isOutdated: false))
      case .outdated(let evaluation):
        found.append(Self(name: name, record: evaluation.record, isOutdated: true))
      case .damaged(let problem): problems.append(problem)
      }
    }
    return (found, problems)
  }
}
