import Records
import Running
import TextLayout

extension Verdict {
  /// The report on the run in `folder`: a line if everything agrees, else the first difference and all parts that
  /// differ.
  func text(of folder: RunFolder) -> String {
    let same = findings.filter { $0.difference == nil && $0.count > 0 }.map(\.subject).joined(
      separator: ", ")
    if agrees {
      let although = reservations.map { ", although \($0)" }.joined()
      return "\(folder.path) repeats to the bit: \(same)\(although)\n"
    }
    var lines = findings.compactMap { finding in
      finding.difference.map { "\(finding.file.rawValue): \($0)" }
    }
    lines += evaluationDisagreements
    if let failure { lines.append("the repetition has no results: \(failure)") }
    if !same.isEmpty { lines.append("the same: \(same)") }
    lines += reservations.map { "bits may differ because \($0)" }
    lines.append("the repetition: \(repetition.path)")
    return "\(folder.path) does not repeat\n" + lines.map { "  \($0)\n" }.joined()
  }
}

extension Verdict.Finding {
  /// The extent of the comparison: `12 epochs of history`.
  fileprivate var subject: String {
    switch file {
    case .trace: counted(count, "step")
    case .history: "\(counted(count, "epoch")) of history"
    case .weights: "weights"
    case .lastWeights: "last weights"
    case .predictions: counted(count, "prediction")
    case .results: "scores"
    default: file.rawValue
    }
  }
}
