import Metrics
import Records

extension RunProducts {
  /// The comparison with `repetition`, file by file, as far as both go.
  func findings(in repetition: RunProducts) -> [Verdict.Finding] {
    var findings: [Verdict.Finding] = []
    func add(_ file: RunFile, _ count: Int, _ difference: String?) {
      findings.append(Verdict.Finding(file: file, count: count, difference: difference))
    }
    if let trace, let other = repetition.trace {
      add(.trace, trace.count(where: \.isLoss), trace.difference(in: other))
    }
    add(.history, history.count, history.difference(in: repetition.history))
    guard let end, let other = repetition.end else { return findings }
    add(.weights, end.weights.tensors.entries.count, end.differenceOfWeights(in: other))
    add(
      .predictions, end.predictions.labels.count, end.predictions.difference(in: other.predictions)
    )
    add(.results, 1, end.results.difference(in: other.results))
    return findings
  }
}

extension RunProducts.End {
  fileprivate func differenceOfWeights(in repetition: Self) -> String? {
    if weights.bytes == repetition.weights.bytes { return nil }
    return weights.tensors.difference(in: repetition.weights.tensors)
      ?? "the tensors are the same, but the file's header is not"
  }
}

extension Results {
  fileprivate func difference(in repetition: Results) -> String? {
    let differences = ScoreName.Part.allCases.flatMap { part in
      part.disagreements(scores(on: part), repetition.scores(on: part), tolerance: 0)
    }
    if let first = differences.first { return first }
    for part in ScoreName.Part.allCases
    where scores(on: part)?.confusionMatrix != repetition.scores(on: part)?.confusionMatrix {
      return "the \(part.rawValue) confusion matrix is another"
    }
    if epochs != repetition.epochs {
      return "it has \(repetition.epochs) epochs, recorded as \(epochs)"
    }
    if weightsEpoch != repetition.weightsEpoch {
      return "the weights are of epoch \(repetition.weightsEpoch), recorded as \(weightsEpoch)"
    }
    return nil
  }
}
