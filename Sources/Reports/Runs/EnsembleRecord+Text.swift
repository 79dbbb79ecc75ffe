import Metrics
import Records
import TextLayout

extension EnsembleRecord {
  /// A line for each score, with the spread of its members, and one for the test against the first.
  package func text(digits: Int = 4) -> String {
    scoresInWords(digits).map { $0 + "\n" }.joined()
      + "McNemar's test against its first member, \(mcNemar.against.run.singleLine): "
      + "images that only the ensemble got right: \(mcNemar.test.onlySecond); "
      + "only the first member: \(mcNemar.test.onlyFirst); "
      + "p \(mcNemar.test.pValue.asProbability())\n"
  }

  /// Its members and scores in a sentence.
  func sentence(digits: Int) -> String {
    let shown = members.prefix(5).map(\.shortName) + (members.count > 5 ? ["…"] : [])
    return "ensemble of \(counted(members.count, "run")) (\(shown.joined(separator: ", "))): "
      + scoresInWords(digits).joined(separator: "; ")
  }

  private func scoresInWords(_ digits: Int) -> [String] {
    [Metric.accuracy, .f1Macro].map { metric in
      let own = "\(metric.rawValue) \(metric.value(in: scores)?.fixed(digits) ?? "–")"
      guard let spread = spread(of: metric) else { return own }
      let deviation = spread.standardDeviation.map { " ± \($0.fixed(digits))" } ?? ""
      return "\(own), its members \(spread.mean.fixed(digits))\(deviation) "
        + "(\(spread.min.fixed(digits)) to \(spread.max.fixed(digits)))"
    }
  }
}

extension ScoredNetwork {
  /// The experiment's name and the run's seed, after its fold if it has one: `mnist-tiny fold-2 seed-0`; the run's own name
  /// if that has no seed.
  fileprivate var shortName: String {
    let parts = run.split(separator: "_")
    guard let place = parts.lastIndex(where: { $0.hasPrefix("seed-") }) else { return run }
    let fold = parts[..<place].last.flatMap { $0.hasPrefix("fold-") ? $0 + " " : nil } ?? ""
    return "\(run.prefix { $0 != "/" }) \(fold)\(parts[place])"
  }
}
