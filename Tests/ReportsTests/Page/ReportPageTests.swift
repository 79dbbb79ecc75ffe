import Files
import Foundation
import Reports
import Testing

@Suite struct ReportPageTests {
  private let runs: RecordedRuns

  init() throws { runs = try RecordedRuns() }

  @Test func oneRunHasEverySection() throws {
    try runs.add(.init())
    let page = try runs.page()
    #expect(page.contains("<h1>digits, seed 0</h1>"))
    #expect(page.contains("<p class=\"description\">A net.</p>"))
    #expect(
      page.contains(
        "1 completed run · digits, 2×2×1, 3 classes: 100 training, 8 validation, 8 test images"))
    #expect(page.parts(from: "<h2 id=\"", to: "-heading") == ["summary", "curves", "details"])
    #expect(
      page.parts(from: "<h4>", to: "</h4>") == [
        "Confusion matrix", "Classes", "Metrics", "ROC and precision-recall", "Calibration",
        "Most confident mistakes", "Mistakes by pair of classes", "Layers", "Runs", "Environment",
        "Full spec",
      ])
    #expect(page.contains("<figcaption><code>val_f1_macro</code>"))
    #expect(page.contains("✓ met</span> <code>test_accuracy</code> ≥ 0.5"))
    #expect(page.contains("<dt>git commit</dt><dd>c0ffee</dd>"))
    #expect(page.contains("<dt>SHA-256 of test_pixels</dt><dd>digits</dd>"))
    #expect(page.contains("learning_rate: 0.001"))
  }

  @Test func tagNoteAndChangesAreSaid() throws {
    try runs.add(.init(tag: "before", note: "one\n<two>", gitDiff: "+ line\n"))
    try runs.add(.init(seed: 1, gitDiff: ""))
    let page = try runs.page()
    #expect(page.contains("<dt>tag</dt><dd>before</dd>"))
    #expect(page.contains("<dt>note</dt><dd>one\n&lt;two&gt;</dd>"))
    #expect(page.contains("<dt>toolchain</dt><dd>Swift 6.3, release</dd>"))
    #expect(page.contains("<dt>git commit</dt><dd>c0ffee, with the changes in git.diff</dd>"))
    #expect(page.contains("<th scope=\"col\">tag</th>"))
  }

  @Test func withoutTagsNoneAreShown() throws {
    try runs.add(.init(gitDiff: ""))
    let page = try runs.page()
    #expect(!page.contains("<dt>tag</dt>") && !page.contains(">tag</th>"))
    #expect(page.contains("<dt>git commit</dt><dd>c0ffee, without changes</dd>"))
  }

  @Test func nothingIsLoaded() throws {
    try runs.add(.init(picture: RecordedRuns.picture))
    let page = try runs.page()
    #expect(page.contains("content=\"default-src 'none'; img-src data:;"))
    let (sources, links) = (
      page.parts(from: "src=\"", to: "\""), page.parts(from: "href=\"", to: "\"")
    )
    #expect(!sources.isEmpty && sources.allSatisfy { $0.hasPrefix("data:image/png;base64,") })
    #expect(!links.isEmpty && links.allSatisfy { $0.hasPrefix("#") })
    #expect(!page.contains("url(http") && !page.contains("@import") && !page.contains("style=\""))
  }

  /// Without this the browser would neither show the style nor run the script.
  @Test(arguments: ["style", "script"])
  func thePolicyAllowsItsOwn(element: String) throws {
    let page = try runs.page()
    let text = page.parts(from: "<\(element)>", to: "</\(element)>")
    #expect(text.count == 1)
    let digits = Array(try Shell.output("sha256sum", input: text[0]).prefix { $0 != " " })
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(digits[$0...$0 + 1]), radix: 16)
    }
    let digest = Data(bytes).base64EncodedString()
    #expect(page.parts(from: "\(element)-src '", to: "'") == ["sha256-\(digest)"])
  }

  @Test func seedsAreSummed() throws {
    for seed in 0..<3 { try runs.add(.init(seed: seed)) }
    let page = try runs.page()
    #expect(page.contains("<h1>digits</h1>"))
    #expect(page.contains("Sum over 3 runs: 24 predictions on test images."))
    #expect(page.contains("<td class=\"wrong5\">3</td>"))
    #expect(page.contains("<td class=\"right4\">6</td>"), "two of three dogs in each run")
    #expect(page.contains("Seed 0; the other runs are listed below."))
    #expect(page.parts(from: "2026-11-22_21-06-06_seed-", to: "<").prefix(3) == ["0", "1", "2"])
  }

  @Test func ofDifferentImagesThereIsNoBest() throws {
    try runs.add(.init(hash: "aa"))
    try runs.add(.init(hash: "bb", classNames: ["one", "two", "three"]))
    #expect(try !runs.page().contains("best by validation"))
  }

  @Test func severalSpecsAreToldApart() throws {
    try runs.add(.init(hash: "aa", predictions: (0..<8).map { ($0 % 3, $0 % 3) }))
    try runs.add(
      .init(
        name: "other", hash: "bb",
        values: .of(["optimizer": ["type": "adam", "learning_rate": 0.5]])))
    let page = try runs.page()
    #expect(page.contains("<h1>2 experiments</h1>"))
    #expect(page.contains("<dt>best by validation</dt><dd><b>digits</b></dd>"))
    #expect(
      page.contains(
        "<th scope=\"row\"><code>optimizer.<wbr>learning_rate</code></th><td>0.001</td><td>0.5</td>"
      ))
    #expect(page.count(of: "<details id=\"spec-") == 2)
    #expect(
      page.contains("<details id=\"spec-0\" open>") && page.contains("<details id=\"spec-1\">"))
    #expect(page.contains(">A</text>") && page.contains(">B</text>"))
  }

  @Test func textsHarmNothing() throws {
    try runs.add(.nasty)
    let page = try runs.page()
    #expect(page.count(of: "<script") == 1)
    #expect(page.count(of: "</script") == 1)
    #expect(!page.contains("<b> "), "markup in a text is text")
    #expect(
      page.contains("&quot;a&#39; &amp; &lt;b&gt; &lt;!-- &lt;/script&gt;&lt;script&gt;alert(1)"))
    #expect(page.contains("猫🙂 \u{FFFD}\u{FFFD}[2J"))
    #expect(!page.unicodeScalars.contains("\u{7}"))
  }

  @Test func whatDoesNotCountIsNamed() throws {
    try runs.add(.init())
    try runs.add(
      .init(
        seed: 1, status: .diverged,
        failure: .init(message: "the loss is no number", epoch: 2, step: 7)))
    try Storage.createFolder(runs.path + "/broken/2026-11-22_21-06-06_seed-9")
    let lost = try runs.add(.init(hash: "cc"))
    try FileManager.default.removeItem(atPath: lost.path(of: .history))
    try FileManager.default.removeItem(atPath: lost.path(of: .predictions))
    let unknown = try runs.add(.init(hash: "dd", values: nil))
    let omissions = try #require(try runs.page().components(separatedBy: "Not counted</h2>").last)
    #expect(omissions.contains("<b>unreadable values</b> values.json"))
    #expect(omissions.contains("and not shown: <code>\(unknown.path)</code>"))
    #expect(
      omissions.contains("seed 1 diverged in epoch 2, step 7 (the loss is no number), not counted:")
    )
    #expect(omissions.contains("run.json is missing, not counted:"))
    #expect(omissions.contains("history.csv&#39;: No such file or directory"))
    #expect(omissions.contains("predictions.csv&#39;: No such file or directory"))
  }

  @Test func runsWithoutResultsAreStillShown() throws {
    try runs.add(.init(status: .interrupted))
    let page = try runs.page()
    #expect(page.contains("<figcaption><code>loss</code>"), "what it has is shown")
    #expect(page.contains("0 completed runs"))
    #expect(page.contains("<td>interrupted</td>"))
    #expect(!page.contains("Confusion matrix"))
    #expect(try RecordedRuns().page().contains("<h1>No runs</h1>"))
  }

  @Test func `the summary has the spreads that there are: over folds, and over seeds`() throws {
    func add(seed: Int) throws {
      for (fold, predictions) in [[(0, 0), (1, 1)], [(0, 0), (1, 0)]].enumerated() {
        try runs.add(.init(seed: seed, fold: (fold, 2), predictions: predictions))
      }
    }
    func summary() throws -> String {
      try #require(try runs.page().parts(from: "<section id=\"summary\"", to: "</section>").first)
        .replacing("<wbr>", with: "")
    }
    try add(seed: 0)
    let one = try summary()
    #expect(one.contains(">by fold<") && one.contains("By fold: val_f1_macro of each fold"))
    #expect(!one.contains("95 %"))
    // F1 of the folds: 1 and 1/3.
    #expect(one.contains("0.6667<span class=\"deviation\"> ± 0.4714</span>"), "\(one)")
    try add(seed: 1)
    let two = try summary()
    #expect(two.contains(">by fold<") && two.contains(">95 % interval<"))
  }

  @Test func `without validation nothing is called the best`() throws {
    for spec in 0..<13 {
      try runs.add(.init(name: "net-\(spec)", hash: "hash-\(spec)", hasValidation: false))
    }
    let page = try runs.page()
    #expect(page.contains("Shown are 12 of 13 experiments, by name."))
    #expect(!page.contains("the best 12") && !page.contains("★"))
  }

  @Test func ofManySpecsTheBestAreShown() throws {
    for spec in 0..<15 {
      let wrong = (0..<20).map { ($0 % 3, $0 < spec ? ($0 + 1) % 3 : $0 % 3) }
      try runs.add(
        .init(
          name: "net-\(spec)", hash: "hash-\(spec)", predictions: wrong))
    }
    let page = try runs.page()
    #expect(page.count(of: "<details id=\"spec-") == 12)
    #expect(page.contains("Shown are the best 12 of 15 experiments, by val_f1_macro."))
    #expect(page.contains("<summary><h3><span class=\"badge c5\">L</span> net-11</h3>"))
    #expect(
      page.count(of: "net-14") == 1 * 2, "in the summary, as text and as what it is sorted by")
  }
}
