import Metrics
import Reports
import Testing

@Suite struct MetricExplanationTests {
  @Test(arguments: ["brier_score", "val_brier_score", "test_brier_score"])
  func `a metric is explained by its name, and by that of a score`(name: String) {
    #expect(
      MetricExplanation(of: name)?.text(width: nil) == """
        brier_score (metric)
        The squared distance of probabilities and right classes: up to 2, of two classes up to 1.
        Source: scikit-learn's brier_score_loss
        between 0 and 2; less is better
        results.json, 'exp compare --metrics' and 'targets' know it as val_brier_score and test_brier_score, \
        callbacks as val_brier_score

        """)
  }

  @Test func `it says where a metric is undefined`() {
    let text = MetricExplanation(of: "cohen_kappa")?.text(width: nil)
    #expect(
      text?.contains(
        "between -1 and 1; more is better; undefined where all images are of one class and are taken for it"
      ) == true)
  }

  @Test func `other names are no metrics`() {
    #expect(MetricExplanation(of: "speed") == nil)
    #expect(MetricExplanation(of: "train_accuracy") == nil)
  }

  @Test func `the reference and the list have every metric`() {
    for metric in Metric.allCases {
      #expect(MetricExplanation.reference.contains("| `\(metric.rawValue)` |"))
      #expect(MetricExplanation.overview(width: nil).contains(metric.rawValue))
    }
  }
}
