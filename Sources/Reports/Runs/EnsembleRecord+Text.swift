import Metrics
import Records
import TextLayout

extension EnsembleRecord {
  /// A line for each score, with the spread of its members, and one for the test against the first.
  package func text(digits: Int = 4) -> String {
    scoresInWords(digits).map { $0 + "\n" }.joined()
      + "McNemar's test against \(mcNemar.against.run.singleLine): only the ensemble right "
      + "\(mcNemar.test.onlySecond), only it right \(mcNemar.test.onlyFirst), "
      + "p \(mcNemar.test.pValue.asProbability())\n"
  }

  /// Its members and scores in a sentence.
  func sentence(digits: Int) -> String {
    let names = Set(members.map { String($0.run.prefix { $0 != "/" }) }).sorted()
    let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
    let seeds = members.prefix(5).map { member in
      member.run.split(separator: "_").last { $0.hasPrefix("seed-") } ?? "?"
    }
    let listed = seeds.joined(separator: ", ") + (members.count > 5 ? ", …" : "")
    return "ensemble of \(counted(members.count, "run")) of \(shown) (\(listed)): "
      + scoresInWords(digits).joined(separator: "; ")
  }

  private func scoresInWords(_ digits: Int) -> [String] {
    [Metric.accuracy, .f1Macro].map { metric in
      let own = "\(metric.rawValue) \(metric.value(in: scores).fixed(digits))"
      guard let spread = spread(of: metric) else { return own }
      let deviation = spread.standardDeviation.map { " ± \($0.fixed(digits))" } ?? ""
      return "\(own), its members \(spread.mean.fixed(digits))\(deviation) "
        + "(\(spread.min.fixed(digits)) to \(spread.max.fixed(digits)))"
    }
  }
}
