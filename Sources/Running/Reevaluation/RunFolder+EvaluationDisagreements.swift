import Records

extension RunFolder {
  /// The evaluations on other data that cannot be read, are not of their predictions, have other reports than those on
  /// their scores, or, where it matters whether they are `current`, are not of the weights that the run has now; a line
  /// each.
  ///
  /// None of them keeps the run itself from being scored, so that nothing is thrown.
  func disagreementsOfEvaluations(classNames: [String], current: Bool) -> [String] {
    do {
      return try evaluationNames().compactMap { name in
        disagreement(ofEvaluation: name, classNames: classNames, current: current)
          .map { "evaluations/\(name): \($0)" }
      }
    } catch {
      return [RunProblem(folder: self, error).reason]
    }
  }

  private func disagreement(
    ofEvaluation name: String, classNames: [String], current: Bool
  ) -> String? {
    do {
      guard let evaluation = try evaluation(name, classNames: classNames) else { return nil }
      _ = try evaluation.predictions()
      try evaluation.requireReports()
      let weights = evaluation.record.weights
      return try !current || has(weights)
        ? nil : "it scored other weights than \(weights.file.rawValue) has now"
    } catch {
      return RunProblem(folder: self, error).reason
    }
  }
}
