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
    let names: [String]
    do {
      names = try folder.evaluationNames()
    } catch {
      return ([], error.isMissing ? [] : [RunProblem(folder: folder, error)])
    }
    for name in names {
      switch folder.state(ofEvaluation: name, classNames: run.data.classNames) {
      case nil: break
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
