import Files

/// An evaluation that a run's folder has, and whether it is of the run as it is now.
package enum EvaluationState<Evaluation: Sendable>: Sendable {
  /// It is of the weights that the run has.
  case current(Evaluation)
  /// It scored other weights: a run that resumes gets others.
  case outdated(Evaluation)
  /// It cannot be read.
  case damaged(RunProblem)

  /// The evaluation; nil if it cannot be read.
  package var evaluation: Evaluation? {
    switch self {
    case .current(let evaluation), .outdated(let evaluation): evaluation
    case .damaged: nil
    }
  }

  /// True if it scored other weights than the run has.
  package var isOutdated: Bool { if case .outdated = self { true } else { false } }

  /// The reason why it cannot be read; nil if it can.
  package var problem: RunProblem? { if case .damaged(let problem) = self { problem } else { nil } }

  /// The same state of what `transform` makes of the evaluation.
  func map<Other: Sendable>(_ transform: (Evaluation) -> Other) -> EvaluationState<Other> {
    switch self {
    case .current(let evaluation): .current(transform(evaluation))
    case .outdated(let evaluation): .outdated(transform(evaluation))
    case .damaged(let problem): .damaged(problem)
    }
  }
}

extension RunRecord {
  /// The evaluations on other data, sorted by name; where they cannot be listed, one that is damaged.
  package var evaluations: [(name: String, state: EvaluationState<EvaluationRecord>)] {
    do {
      return try self.folder.evaluationStates(classNames: self.data.classNames)
        .map { ($0, $1.map(\.record)) }
    } catch {
      return error.isMissing
        ? []
        : [(RunFolder.evaluationsFolder, .damaged(RunProblem(folder: self.folder, error)))]
    }
  }
}

extension RunFolder {
  /// The state of the evaluation `name` of a run whose classes are `classNames`; nil if there is none.
  package func state(
    ofEvaluation name: String, classNames: [String]
  ) -> EvaluationState<EvaluationFolder>? {
    var weights = CurrentWeights(of: self)
    return state(ofEvaluation: name, classNames: classNames, &weights)
  }

  /// The states of all evaluations of a run whose classes are `classNames`, sorted by their names.
  package func evaluationStates(
    classNames: [String]
  ) throws(StorageError) -> [(name: String, state: EvaluationState<EvaluationFolder>)] {
    var weights = CurrentWeights(of: self)
    return try evaluationNames().compactMap { name in
      state(ofEvaluation: name, classNames: classNames, &weights).map { (name, $0) }
    }
  }

  private func state(
    ofEvaluation name: String, classNames: [String], _ weights: inout CurrentWeights
  ) -> EvaluationState<EvaluationFolder>? {
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
