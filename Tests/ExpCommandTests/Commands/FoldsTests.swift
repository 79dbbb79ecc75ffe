import Foundation
import Metrics
import Testing

/// Cross-validation and learning curves, as a user runs them.
struct FoldsTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write(
      """
      data: {dataset: {type: synthetic_digits, training: 60, test: 10, size: 16}, folds: 3}
      model: {layers: [{type: max_pooling2d, pool_size: 4}, flatten, {type: dense, units: 10, activation: softmax}]}
      optimizer: {type: adam, learning_rate: 0.01}
      training: {epochs: 1, batch_size: 16}
      seeds: 0-1
      """, to: "digits.yaml")
    try place.write("extends: digits.yaml\noptimizer: {learning_rate: 0.3}\n", to: "fast.yaml")
  }

  @Test func `a dry run lists seeds and folds, and some of them on request`() throws {
    let all = try place.exp("run digits.yaml --dry-run")
    #expect(all.error == "1 experiment, 6 runs\n")
    #expect(all.output.contains("digits      0, 1   0-2\n"), "\(all.output)")
    let some = try place.exp("run digits.yaml --dry-run --seed 4 --fold 0,2")
    #expect(some.output.contains("digits      4      0, 2\n"), "\(some.output)")
  }

  @Test(arguments: [
    ("--fold 7", "digits.yaml:1:", "'--fold': there is no fold 7: the 3 folds are 0 to 2", 65),
    (
      "--fold 0 --set data.folds=null", "digits.yaml:1:",
      "'--fold' names folds, but there are none here", 65
    ),
    ("--set data.folds=1", "--set:1:", "there must be 2 to 1000 folds, got 1", 65),
    ("--set data.validation=0.2", "--set:1:", "'validation' and 'folds' both say", 65),
    ("--fold x", "--fold", "needs folds such as 0-4 or 1,3,5", 64),
    ("--fold -1", "--fold", "needs folds such as 0-4 or 1,3,5", 64),
    ("--seed -1", "--seed", "'--seed' must be between 0", 64),
  ])
  func `folds that there are not are errors with their place`(
    options: String, location: String, message: String, code: Int
  ) throws {
    let ending = try place.exp("run digits.yaml \(options)")
    #expect(Int(ending.code) == code)
    #expect(ending.error.contains(message), "\(ending.error)")
    #expect(ending.error.contains(location), "\(ending.error)")
    #expect(!place.exists("runs"))
  }

  @Test func `two specs are compared over the same folds`() throws {
    #expect(try place.exp("run digits.yaml fast.yaml --seed 0").code == 0)
    let names = place.names(in: "runs/digits")
    #expect(names.count == 3)
    #expect(names.allSatisfy { $0.contains("_fold-") && $0.hasSuffix("_seed-0") })
    let table = try place.exp("compare --baseline digits")
    #expect(table.code == 0, "\(table.error)")
    #expect(table.output.contains("corrected resampled t-test over 3 folds"), "\(table.output)")
    #expect(table.output.contains("on all 3 folds together"), "\(table.output)")
    #expect(try place.exp("list").output.contains("fold"))
    #expect(try place.exp("verify runs/digits/\(names[0])").code == 0)
    let again = try place.exp("run digits.yaml --missing --dry-run")
    #expect(again.error.contains("1 experiment, 3 runs\n"), "\(again.error)")
    let repeated = try place.exp("run runs/digits/\(names[1])/resolved.yaml --dry-run")
    #expect(repeated.error == "1 experiment, 1 run\n")
    #expect(try place.exp("report --baseline digits").code == 0)
    let page = try place.text("report.html")
    #expect(page.contains("one score for each seed"))
    #expect(page.contains("corrected resampled t-test over 3 folds"))
    #expect(try place.exp("report").code == 0)
    #expect(try place.text("report.html").contains("exp report --baseline NAME"))
    let unknown = try place.exp("report --baseline nobody")
    #expect(unknown.code == 66)
    #expect(unknown.error.contains("--baseline: no row is 'nobody'"), "\(unknown.error)")
  }

  @Test func `held-out predictions of all folds are pooled, for metrics and for mistakes`() throws {
    try place.write(
      """
      extends: digits.yaml
      data: {dataset: {type: synthetic_digits, training: 60, test: 10, size: 16}, folds: {count: 3, of: test}}
      """, to: "held.yaml")
    try place.write(
      "extends: digits.yaml\ndata: {dataset: {test: 0}}\n", to: "pooled.yaml")
    #expect(try place.exp("check held.yaml").code == 65, "it has test images of its own")
    let ending = try place.exp("run pooled.yaml")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(ending.output.contains("pooled: val_… of the predictions on all 3 folds together"))
    let table = try place.exp("compare --metrics val_roc_auc_macro,val_f1_macro --format csv")
    #expect(table.code == 0, "\(table.error)")
    let rows = table.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let column = try #require(rows[0].firstIndex(of: "val_roc_auc_macro_mean"))
    #expect(Double(rows[1][column]) != nil, "\(table.output)")
    #expect(try place.exp("report --mistakes").output == "mistakes.csv\n")
    let mistakes = try place.text("mistakes.csv").split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let places = mistakes.compactMap { Int($0[3]) }
    #expect(places.count == mistakes.count && Set(places).count == places.count)
    #expect(places.allSatisfy((0..<60).contains) && places.contains { $0 >= 20 })
    #expect(mistakes.allSatisfy { $0[2] == "training" && $0[8] == "2" })
    let both = try place.exp("report --mistakes --svg loss")
    #expect(both.code == 64)
    #expect(both.error.contains("'--svg' and '--mistakes' both say what is written"))
  }

  @Test func `folds that other commands have made count in the score, and for targets`() throws {
    let target = ["--set", "targets={val_accuracy: 0}"]
    func run(_ words: String...) throws -> Ending {
      try Command(["run", "digits.yaml", "--seed", "0"] + words + target, in: place.path).ending()
    }
    let some = try run("--fold", "0,2", "--require-targets")
    #expect(some.code == 2)
    #expect(some.output.contains("no seed has all 3 folds yet"), "\(some.output)")
    let rest = try run("--missing", "--require-targets")
    #expect(rest.code == 0, "\(rest.error)")
    #expect(rest.error.contains("completed before: 2 of 3 runs"), "\(rest.error)")
    #expect(rest.output.contains("   0   all  pooled"), "\(rest.output)")
    #expect(rest.output.contains("met (1 of 1 seeds, all folds together, reach it)"))
  }

  /// The images of the evaluation are no fold: those of the spec count, twenty on thirty to learn from.
  @Test func `networks of folds are compared on other images by the same test`() throws {
    let data = "data: {dataset: {test: 0}, folds: {count: 3, of: test}, validation: 10, limit: 15}"
    try place.write("extends: digits.yaml\n\(data)\n", to: "held.yaml")
    try place.write("extends: fast.yaml\n\(data)\n", to: "quick.yaml")
    try place.write(
      "data: {dataset: {type: synthetic_digits, training: 50, test: 0, size: 16, seed: 1}}\n",
      to: "others.yaml")
    #expect(try place.exp("run held.yaml quick.yaml --seed 0").code == 0)
    #expect(try place.exp("evaluate runs --data others.yaml --ensemble").code == 0)
    let table = try place.exp("compare --evaluation others").output
    #expect(table.contains("held fold-0 seed-0, held fold-1 seed-0, held fold-2"), "\(table)")
    let options = "compare --evaluation others --metrics test_accuracy --format csv"
    func values(_ column: String, _ options: String) throws -> [String: [Double]] {
      let rows = try place.exp(options).output.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
      let place = try #require(rows.first?.firstIndex { $0 == column })
      return Dictionary(grouping: rows.dropFirst()) { String($0[0]) }.mapValues { rows in
        rows.compactMap { Double($0[place]) }
      }
    }
    let folds = try values("test_accuracy", options + " --per-run --sort-by fold")
    let (held, quick) = (try #require(folds["held"]), try #require(folds["quick"]))
    let expected = try #require(
      MeanDifference(folds: zip(quick, held).map { $0 - $1 }, testRatio: 20.0 / 30))
    let found = try #require(
      try values("test_accuracy_difference_p", options + " --baseline held")["quick"]?.first)
    #expect(abs(found - (expected.pValue ?? 1)) < 1e-9)
  }

  @Test(arguments: ["check", "run"])
  func `more folds than pictures of a class are an error, and leave nothing behind`(
    command: String
  ) throws {
    let ending = try place.exp("\(command) digits.yaml --set data.folds=7")
    #expect(ending.code == 65)
    #expect(
      ending.error.contains("--set:1:12: error: class '0' has 6 images, fewer than the 7 folds"),
      "\(ending.error)")
    #expect(ending.error.contains("hint: take 'folds: 6' at most"))
    #expect(!place.exists("runs"))
  }

  @Test func `a learning curve is a sweep over shares of the training images`() throws {
    let data = "--set data.folds=null --set data.validation=20"
    let listed = try place.exp("run digits.yaml \(data) --learning-curve 0.25,0.5,1 --dry-run")
    #expect(listed.error.hasSuffix("3 experiments, 6 runs\n"), "\(listed.error)")
    let ending = try place.exp("run digits.yaml \(data) --learning-curve 0.25,0.5,1")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try place.exp("report").code == 0)
    let page = try place.text("report.html")
    #expect(page.contains("More training images"))
    #expect(page.contains("with 10 images, "))
    #expect(page.contains("with 40 images."))
  }

  @Test func `a learning curve replaces nothing, and needs shares`() throws {
    try place.write("extends: digits.yaml\ndata: {limit: 20}\n", to: "limited.yaml")
    let limited = try place.exp("run limited.yaml --learning-curve 0.5,1")
    #expect(limited.code == 65)
    #expect(limited.error.contains("'--learning-curve' would replace 'data.limit'"))
    let set = try place.exp("run digits.yaml --learning-curve 0.5,1 --set limit=20")
    #expect(set.code == 65)
    #expect(set.error.contains("'--learning-curve' would replace 'data.limit', which '--set' sets"))
    #expect(!set.error.contains("sweep"))
    for (shares, reason) in [
      ("0,1", "a share is above 0 and up to 1, 0 is not"), ("-0.5,1", "-0.5 is not"),
      ("1.5,0.1", "1.5 is not"), ("0.5", "a curve has 2 to 100 shares, not 1"),
      ("0.5,0.50", "the share 0.50 stands twice"), ("a,b", "'a' is no number"),
      ("nan,1", "'nan' is no number"),
    ] {
      let ending = try place.exp("run digits.yaml --learning-curve \(shares)")
      #expect(ending.code == 64)
      #expect(ending.error.contains(reason), "\(ending.error)")
      #expect(ending.error.contains("write shares such as 0.1,0.2,0.5,1"), "\(ending.error)")
    }
    let few = try place.exp("run digits.yaml --learning-curve 0.01,1")
    #expect(few.code == 65)
    #expect(few.error.contains("'limit' leaves 1 image for 10 classes"), "\(few.error)")
    #expect(!place.exists("runs"))
  }

  @Test func `the number of folds is a value of its own, wherever it comes from`() throws {
    let fewer = try place.exp("run digits.yaml --dry-run --seed 0 --set folds.count=2")
    #expect(fewer.error == "1 experiment, 2 runs\n")
    #expect(try place.exp("run digits.yaml --seed 0 --fold 1").code == 0)
    #expect(try place.exp("show digits fold").output == "1\n")
    #expect(try place.exp("show digits seed").output == "0\n")
    let count = try place.exp("show digits folds.count")
    #expect(count.output == "3\n")
    #expect(count.error.contains("digits.yaml:1:"), "\(count.error)")
    #expect(try place.exp("show digits folds.of").error.contains("by default"))
  }

  @Test func `a sweep over folds.only would be of one experiment`() throws {
    try place.write(
      "extends: digits.yaml\nsweep: {parameters: {folds.only: [0, 1]}}\n", to: "swept.yaml")
    let ending = try place.exp("check swept.yaml")
    #expect(ending.code == 65)
    #expect(ending.error.contains("is the same experiment as 1"), "\(ending.error)")
    #expect(ending.error.contains("'--fold 0,1' picks some of them"), "\(ending.error)")
  }
}
