/// An evaluation that a run's folder has, and whether it is of the run as it is now.
package enum EvaluationState: Sendable {
  /// It is of the weights that the run has.
  case current(EvaluationFolder)
  /// It scored other weights: a run that resumes gets others.
  case outdated(EvaluationFolder)
  /// It cannot be read.
  case damaged(RunProblem)
}

extension RunFolder {
  /// The state of the evaluation `name` of a run whose classes are `classNames`; nil if there is none.
  package func state(ofEvaluation name: String, classNames: [String]) -> EvaluationState? {
    do {
      guard let evaluation = try evaluation(name, classNames: classNames) else { return nil }
      return try has(evaluation.record.weights) ? .current(evaluation) : .outdated(evaluation)
    } catch {
      return .damaged(RunProblem(evaluation: name, of: self, error))
    }
  }
}
