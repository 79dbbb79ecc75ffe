import Records

extension RunFolder {
  /// The evaluations on other data that have no record or one that cannot be read, are not of their predictions, have
  /// other figures or reports than follow from their scores, or, where it matters whether they are `current`, are not of
  /// the weights that the run has now; a line each.
  ///
  /// None of them keeps the run itself from being scored, so that nothing is thrown.
  func disagreementsOfEvaluations(classNames: [String], current: Bool) -> [String] {
    do {
      return try evaluationStates(classNames: classNames).compactMap { name, state in
        disagreement(of: state, current: current)
          .map { "evaluations/\(name): \($0)" }
      }
        + unrecordedEvaluationNames().map {
          "evaluations/\($0): it has no evaluation.json, which 'exp evaluate --data' makes anew"
        }
    } catch {
      return [RunProblem(folder: self, error).reason]
    }
  }

  private func disagreement(of state: EvaluationState<EvaluationFolder>, current: Bool) -> String? {
    let evaluation: EvaluationFolder
    switch state {
    case .damaged(let problem): return problem.reason
    case .outdated(let other) where current:
      return "it scored other weights than \(other.record.weights.file.rawValue) has now"
    case .current(let known), .outdated(let known): evaluation = known
    }
    do {
      if let text = try evaluation.predictions().contradiction(of: evaluation.record.scores) {
        return "evaluation.json: \(text)"
      }
      for (file, recorded, expected) in try evaluation.documents() {
        if let difference = expected.difference(from: recorded) { return "\(file): \(difference)" }
      }
      try evaluation.requireReports()
      return nil
    } catch {
      return RunProblem(folder: self, error).reason
    }
  }
}
