import Documents
import Records

extension RunProducts {
  /// The comparison with `repetition`, file by file, as far as both go.
  func findings(in repetition: RunProducts) -> [Verdict.Finding] {
    var findings: [Verdict.Finding] = []
    func add(_ file: RunFile, _ count: Int, _ difference: String?) {
      findings.append(Verdict.Finding(file: file, count: count, difference: difference))
    }
    add(.trace, trace.count(where: \.isLoss), trace.difference(in: repetition.trace))
    add(.history, history.count, history.difference(in: repetition.history))
    guard let end, let other = repetition.end else { return findings }
    add(.weights, end.weights.tensors.entries.count, end.weights.difference(in: other.weights))
    if let last = end.lastWeights {
      add(
        .lastWeights, last.tensors.entries.count,
        other.lastWeights.map(last.difference) ?? "the repetition has none")
    }
    add(
      .predictions, end.predictions.labels.count, end.predictions.difference(in: other.predictions)
    )
    add(.results, 1, other.lastingResults.difference(from: end.lastingResults))
    return findings
  }
}

extension WeightsOfRun {
  fileprivate func difference(in repetition: Self) -> String? {
    if bytes == repetition.bytes { return nil }
    return tensors.difference(in: repetition.tensors)
      ?? "the tensors are the same, but the file's header is not"
  }
}

extension RunProducts.End {
  /// All of results.json that is the same in a repetition.
  fileprivate var lastingResults: PlainValue {
    resultsTree.without(["train_seconds", "images_per_second"])
  }
}
