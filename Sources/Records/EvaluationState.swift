import Files

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
    var weights = CurrentWeights(of: self)
    return state(ofEvaluation: name, classNames: classNames, &weights)
  }

  /// The states of all evaluations of a run whose classes are `classNames`, sorted by their names.
  package func evaluationStates(
    classNames: [String]
  ) throws(StorageError) -> [(name: String, state: EvaluationState)] {
    var weights = CurrentWeights(of: self)
    return try evaluationNames().compactMap { name in
      state(ofEvaluation: name, classNames: classNames, &weights).map { (name, $0) }
    }
  }

  private func state(
    ofEvaluation name: String, classNames: [String], _ weights: inout CurrentWeights
  ) -> EvaluationState? {
    do {
      guard let evaluation = try evaluation(name, classNames: classNames) else { return nil }
      return try weights.are(evaluation.record.weights)
        ? .current(evaluation) : .outdated(evaluation)
    } catch {
      return .damaged(RunProblem(evaluation: name, of: self, error))
    }
  }
}

/// The weights that a run has now, of which each file is read once.
private struct CurrentWeights {
  private let folder: RunFolder
  private var checksums: [RunFile: String] = [:]

  init(of folder: RunFolder) { self.folder = folder }

  /// Whether they are the `weights` that were scored. Throws a `StorageError`.
  mutating func are(_ weights: ScoredWeights) throws -> Bool {
    if let known = checksums[weights.file] { return known == weights.sha256 }
    do {
      let checksum = try folder.opened().sha256(
        of: weights.file.rawValue, limit: weights.file.limit)
      checksums[weights.file] = checksum
      return checksum == weights.sha256
    } catch let error as StorageError where error.isMissing {
      return false
    }
  }
}
