import Diagnostics
import Metrics
import TextLayout

/// What `exp explain` and the reference say of metrics.
package struct MetricExplanation {
  private let metric: Metric

  /// The explanation of the metric, or of the score on one part of the data, that has this name; nil if there is none.
  package init?(of name: String) {
    guard let metric = Metric(rawValue: name) ?? ScoreName(rawValue: name)?.metric else {
      return nil
    }
    self.metric = metric
  }

  /// The metric, or the score, that others know by `word`; nil if there is none.
  package static func name(for word: String) -> String? {
    let names = Metric.allCases.map(\.rawValue) + ScoreName.allCases.map(\.rawValue)
    return Suggestions.sameOrSynonym(of: word, among: names, OtherNames(ScoreName.otherNames))
  }

  /// The text for a terminal, in lines of at most `width` columns; nil: as long as they get.
  package func text(width: Int?) -> String {
    let name = metric.rawValue
    let uses =
      "results.json, 'exp compare --metrics' and 'targets' know it as val_\(name) and test_\(name), "
      + "callbacks as val_\(name)"
    return "\(name) (metric)\n"
      + [
        metric.summary, metric.source.map { "Source: \($0)" },
        [Self.values(metric), metric.undefined.map { "undefined where \($0)" }]
          .compactMap(\.self).joined(separator: "; "), uses,
      ].compactMap { $0?.wrapped(to: width, indent: "") }.map { $0 + "\n" }.joined()
  }

  /// The words that stand for all metrics.
  package static let namesOfAll = ["metric", "metrics"]

  /// The heading of a list of metrics.
  package static let heading = "metrics, as val_… and test_…\n"

  /// The name and summary of each metric.
  package static var entries: [(name: String, text: String)] {
    Metric.allCases.map { ($0.rawValue, $0.summary) }
  }

  /// The names of all metrics, for a terminal.
  package static func overview(width: Int?) -> String {
    "\n\(heading)"
      + Metric.allCases.map(\.rawValue).joined(separator: ", ")
      .wrapped(to: width.map { $0 - 2 }, indent: "").split(separator: "\n")
      .map { "  \($0)\n" }.joined()
  }

  /// The text of the chapter on all metrics, in GitHub's Markdown.
  package static var reference: String {
    """
    What networks are judged by. `val_NAME` is a metric on validation images, `test_NAME` one on test images: in
    results.json, `exp compare --metrics` and `targets`; callbacks monitor `val_NAME`. One that is undefined is `null` in
    results.json, and a dash in tables.

    | Name | | Values | Undefined where |
    | --- | --- | --- | --- |

    """
      + Metric.allCases.map { metric in
        let source = metric.source.map { " Source: \($0)." } ?? ""
        return "| `\(metric.rawValue)` | \((metric.summary + source).escapedForMarkdown) "
          + "| \(values(metric)) | \(metric.undefined ?? "–") |\n"
      }.joined()
  }

  private static func values(_ metric: Metric) -> String {
    "\(metric.range.inWords); \(metric.higherIsBetter ? "more" : "less") is better"
  }
}
