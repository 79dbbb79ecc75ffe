import Metrics
import Records
import Reports
import Testing

/// Targets in the report; `ConclusionTests` has those at the end of `exp run`, which are judged alike.
struct TargetJudgementTests {
  private let runs: RecordedRuns

  init() throws { runs = try RecordedRuns() }

  /// A target of validation's area under the ROC curve.
  private func target(_ got: Double?) -> TargetResult {
    TargetResult(name: ScoreName(.validation, .rocAUCMacro), wanted: 0.5, got: got)
  }

  /// The words of the report on the only target.
  private func judgement() throws -> String {
    let item = try #require(try runs.page().parts(from: "<ul class=\"targets\"", to: "</ul>").first)
    return item.replacing("</span> <code>", with: " ").replacing("</code>", with: "")
  }

  @Test func `a score that is undefined is neither met nor missed`() throws {
    // No image is an owl.
    try runs.add(
      .init(fold: (0, 1000), predictions: [(0, 0), (1, 1), (0, 1)], targets: [target(nil)]))
    #expect(
      try judgement().contains(
        "<span class=\"unknown\">? cannot be judged val_roc_auc_macro ≥ 0.5 <small>(no seed has all of its folds)"
      ))
    let whole = try RecordedRuns()
    try whole.add(.init(targets: [target(nil)]))
    #expect(try whole.page().contains("<small>(it is undefined)</small>"))
    #expect(try !whole.page().contains("✗"))
  }

  /// Alone, each fold lacks a class, so that its own score is undefined.
  @Test func `folds are judged together`() throws {
    for (fold, predictions) in [[(0, 0), (1, 1)], [(2, 2), (1, 1)]].enumerated() {
      try runs.add(.init(fold: (fold, 2), predictions: predictions, targets: [target(nil)]))
    }
    #expect(
      try judgement().contains(
        "<span class=\"met\">✓ met val_roc_auc_macro ≥ 0.5 <small>(1 of 1 seeds, all folds together, reach it)"
      ))
  }

  @Test func `a run that is not completed does not reach a target`() throws {
    for seed in 0..<2 { try runs.add(.init(seed: seed)) }
    #expect(try judgement().contains("✓ met test_accuracy ≥ 0.5 <small>(2 of 2 runs reach it)"))
    try runs.add(.init(seed: 2, status: .diverged))
    #expect(try judgement().contains("✗ missed test_accuracy ≥ 0.5 <small>(2 of 3 runs reach it)"))
  }
}
