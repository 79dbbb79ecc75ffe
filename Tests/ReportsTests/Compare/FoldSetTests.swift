import Metrics
import Records
import Reports
import Testing

/// Folds that cannot stand beside each other, and what is said of those that do not count.
struct FoldSetTests {
  private let accuracy = ScoreName(.validation, .accuracy)

  /// Runs of two folds that have the images `pixels`, of so many folds and divided images.
  private func folds(
    _ pixels: [String], counts: [Int] = [2, 2], of divided: Int = 120
  ) -> [RunRecord] {
    (0..<2).map { fold in
      .example(
        "a", minute: fold, pixels: [.validation: pixels[fold]], trainingCount: divided - 60,
        fold: .init(index: fold, count: counts[fold], part: .validation), validationCount: 60,
        testCount: 0)
    }
  }

  /// The reason why the folds `runs` do not count.
  private func problem(_ runs: [RunRecord]) throws -> String? {
    let comparison = try Comparison.alike(runs) { $0.metrics = [accuracy] }
    let isKnown = comparison.rows.first?.statistics(accuracy) != nil
    #expect(isKnown == comparison.foldProblems.isEmpty)
    guard let problem = comparison.foldProblems.first else { return nil }
    #expect(
      comparison.text(.table).contains(
        "a: the folds of seed 0 contradict each other, so it counts in no score: \(problem)"))
    #expect(comparison.text(.json).contains(problem.reason))
    let text = Conclusion(runs).text()
    #expect(
      text.contains("the folds of a seed contradict each other") && text.contains(problem.path))
    #expect(!text.contains("no seed has all"))
    return problem.reason
  }

  @Test func `each image is held out once`() throws {
    #expect(try problem(folds(["one", "two"])) == nil)
    #expect(try problem(folds(["one", "one"])) == "it holds out the same images as fold 0")
    #expect(
      try problem(folds(["one", "two"], of: 180))
        == "its folds hold out 120 images together, of 180")
    #expect(
      try problem(folds(["one", "two"], counts: [2, 3])) == "its folds are not those of fold 0")
  }

  @Test func `folds of other classes are no crash, but named`() throws {
    let runs = try RecordedRuns()
    try runs.add(.init(fold: (0, 2)))
    let other = try runs.add(
      .init(
        fold: (1, 2), classNames: ["cat", "dog"],
        predictions: [(0, 0), (1, 1), (0, 1), (1, 1), (0, 0), (0, 0), (1, 1), (1, 1)]))
    let comparison = try Comparison(RunCatalog(paths: [runs.path]))
    #expect(
      comparison.foldProblems == [
        RunProblem(path: other.path, reason: "its classes are not those of fold 0")
      ])
    #expect(try runs.page().contains("2/2"))
  }

  @Test func `predictions of two folds for the same image are not pooled`() throws {
    let runs = try RecordedRuns()
    for fold in 0..<2 { try runs.add(.init(fold: (fold, 2), indices: Array(0..<8))) }
    var options = ComparisonOptions()
    options.metrics = [ScoreName(.validation, .rocAUCMacro)]
    let comparison = try Comparison(RunCatalog(paths: [runs.path]), options)
    #expect(
      comparison.predictionProblems.map(\.reason) == [
        "its predictions are for images of other folds, too"
      ])
  }

  @Test func `folds that a filter leaves out are not said to be missing`() throws {
    func text(_ runs: [RunRecord]) throws -> String {
      try Comparison.alike(runs) { $0.filter = try? RunFilter("fold == 2") }.text(.table)
    }
    let all = try text(folded { 9 + $0 })
    #expect(
      all.contains(
        "a: seed 0 counts in no score, since --where leaves out folds 0, 1, 3, 4 of 5; '--per-run' shows the others"
      ), "\(all)")
    #expect(
      try text(folded(folds: [1, 2]) { 9 + $0 }).contains(
        "since --where leaves out fold 1 of 5, and it lacks folds 0, 3, 4 of 5; 'exp run FILE --missing' makes"
      ))
  }

  @Test func `a class that some folds lack is missing in none of the scores of all folds`() throws {
    let runs = try RecordedRuns()
    for (fold, predictions) in [[(0, 0), (1, 2)], [(2, 2), (1, 0)]].enumerated() {
      try runs.add(.init(fold: (fold, 2), predictions: predictions))
    }
    let text = try Comparison(RunCatalog(paths: [runs.path])).text(.table)
    let note = "class 'owl' has no validation images"
    #expect(!text.contains("\n" + note), "\(text)")
    #expect(text.contains("\nby fold: \(note) in some folds, but some predictions; the macro"))
  }
}
