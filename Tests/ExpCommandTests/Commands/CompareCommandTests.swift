import Foundation
import Testing

/// `exp compare` with its options, on two specs with two seeds each.
@Suite struct CompareCommandTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.writeStripes(["name": "small"])
    try #require(try place.exp("run stripes.yaml --seeds 0-1 --quiet").code == 0)
    try place.writeStripes([
      "name": "sgd", "optimizer": "{type: sgd, learning_rate: 0.0001}",
      "training": "{epochs: 1, batch_size: 16}",
    ])
    try #require(try place.exp("run stripes.yaml --seeds 0-1 --quiet").code == 0)
  }

  /// `exp compare` with `arguments`, which may hold spaces.
  private func compare(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> Ending {
    try Command(["compare"] + arguments, in: place.path, environment: environment).ending()
  }

  private func words(_ ending: Ending) -> [[String]] {
    ending.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  }

  @Test func itFilters() throws {
    let ending = try compare("--where", "optimizer == adam and training.epochs > 2 and seed == 1")
    #expect(ending.code == 0)
    #expect(words(ending)[1].prefix(2) == ["small", "1/1"])
    #expect(!ending.output.contains("sgd"))
    #expect(ending.output.hasSuffix("\n--where leaves out 3 runs\n"))
  }

  @Test func aWrongFilterIsPointedAt() throws {
    let unknown = try compare("--where", "optimiser == adam")
    #expect(unknown.code == 64)
    #expect(unknown.output == "")
    #expect(
      unknown.error == """
        --where:1:1: error: no run has a value 'optimiser'
            1 | optimiser == adam
              | ^
        hint: did you mean 'optimizer'?

        """)
    let syntax = try compare("--where", "seed =")
    #expect(syntax.code == 64)
    #expect(syntax.error.hasPrefix("--where:1:6: error: there is no '='\n"))
  }

  @Test func itGroups() throws {
    let rows = words(try compare("--group-by", "optimizer", "--sort-by", "optimizer"))
    #expect(rows[0].prefix(4) == ["optimizer", "specs", "runs", "val_accuracy"])
    #expect(rows[1].filter { $0 != "*" }.prefix(3) == ["adam", "1", "2/2"])
    #expect(rows[2].filter { $0 != "*" }.prefix(3) == ["sgd", "1", "2/2"])
  }

  @Test func itSortsAndCuts() throws {
    let ending = try compare(
      "--sort-by", "learning_rate", "--top", "1", "--metrics", "test_loss", "--precision", "2")
    let rows = words(ending)
    #expect(rows[0].contains("test_loss"))
    #expect(!rows[0].contains("test_f1_macro"))
    #expect(rows[1].first == "sgd")
    #expect(ending.output.contains(/\b\d\.\d\d ± \d\.\d\d\b/))
    #expect(ending.output.contains("\n--top leaves out 1 row\n"))
  }

  @Test func runsAndClassesCanHaveRows() throws {
    let runs = words(try compare("--per-run", "--sort-by", "seed"))
    #expect(runs.prefix(1).map { Array($0.prefix(2)) } == [["experiment", "seed"]])
    #expect(runs.dropFirst().prefix(4).map { $0.filter { $0 != "*" }[1] } == ["0", "0", "1", "1"])
    let classes = try compare("--per-class", "--metrics", "val_f1,test_recall", "--format", "csv")
    let lines = classes.output.split(separator: "\n").map { $0.split(separator: ",") }
    #expect(lines.count == 7)
    #expect(lines[0].contains("val_f1_mean") && lines[0].contains("test_recall_sd"))
    #expect(lines[0].contains("val_support") && lines[0].contains("test_support"))
  }

  @Test func itComparesWithABaseline() throws {
    let ending = try compare("--baseline", "small", "--metrics", "test_f1_macro")
    #expect(ending.code == 0)
    #expect(ending.output.contains("\nCompared with small by test_f1_macro:\nsgd"))
    #expect(ending.output.contains("paired over 2 seeds"))
  }

  @Test func aBaselineHasToBeThere() throws {
    let ending = try compare("--baseline", "nothing")
    #expect(ending.code == 66)
    #expect(ending.error.hasPrefix("error: --baseline: no row is 'nothing'; there are:\n  'sgd' ("))
  }

  @Test func theGateFails() throws {
    let passed = try compare("--baseline", "small", "--fail-if-worse", "test_accuracy:1")
    #expect(passed.code == 0)
    #expect(passed.error == "")
    let failed = try compare("--baseline", "small", "--fail-if-worse", "test_accuracy:0.0001")
    #expect(failed.code == 2)
    #expect(
      failed.error.hasPrefix("--fail-if-worse: sgd is worse than small in test_accuracy by "))
    #expect(failed.output.hasPrefix("experiment "), "the table is shown all the same")
    let both = try compare(
      "--baseline", "small", "--fail-if-worse", "test_accuracy:0.0001", "--fail-if-worse",
      "test_accuracy:1")
    #expect(both.code == 2, "every gate counts")
  }

  @Test func `a spec is compared with itself by tag, and by what recorded it`() throws {
    for tag in ["v1", "v2"] {
      try #require(try place.exp("run stripes.yaml --seeds 0-1 --quiet --tag \(tag)").code == 0)
    }
    let version = try place.exp("--version").output.filter { !$0.isNewline }
    for run in place.runs(of: "sgd") where try place.text("\(run)/run.json").contains("\"v2\"") {
      try place.replace(
        "\"exp_version\": \"\(version)\"", by: "\"exp_version\": \"new\"", in: "\(run)/run.json")
    }
    let gate = ["--fail-if-worse", "test_loss:0"]
    for (key, old, new, filter) in [
      ("tag", "v1", "v2", "tag in [v1, v2]"), ("exp_version", version, "new", "name == sgd"),
    ] {
      let ending = try Command(
        ["compare", "--group-by", key, "--baseline", "\(key):\(old)", "--where", filter] + gate,
        in: place.path
      ).ending()
      #expect(ending.error == "")
      #expect(ending.code == 0)
      #expect(
        Set(words(ending)[1...2].map { $0.filter { $0 != "*" }.prefix(3) })
          == [[old, "1", "2/2"], [new, "1", "2/2"]])
      #expect(
        ending.output.contains(
          "\n\(new) and \(old) are the same in every run (paired over 2 runs).\n"))
    }
    let lost = try compare("--group-by", "tag", "--baseline", "tag:v3")
    #expect(lost.code == 66)
    #expect(lost.error.hasPrefix("error: --baseline: no row is 'tag:v3'; there are:\n"))
  }

  @Test(
    "what makes no sense is a usage error with a way out",
    arguments: [
      (
        ["--metrics", "val_f1"], "--metrics: there is no score 'val_f1'",
        "did you mean 'val_f1_macro'?"
      ),
      (
        ["--metrics", "test_acc,"], "--metrics: there is no score 'test_acc'",
        "did you mean 'test_accuracy'?"
      ),
      (
        ["--per-class", "--metrics", "tset_f1"], "--metrics: there is no score 'tset_f1'",
        "did you mean 'test_f1'?"
      ),
      (
        ["--per-run", "--group-by", "optimizer"],
        "'--group-by' and '--per-run' both say what a row is", "leave one of them out"
      ),
      (
        ["--per-class", "--baseline", "small"],
        "'--baseline' compares means over seeds, which rows of '--per-class' are not",
        "leave '--per-class' out, or take two specs by '--where'"
      ),
      (
        ["--fail-if-worse", "test_loss:1"], "'--fail-if-worse' needs something to be worse than",
        "add '--baseline NAME'"
      ),
      (
        ["--baseline", "small", "--fail-if-worse", "test_loss"],
        "'--fail-if-worse' needs a score and a margin, got 'test_loss'",
        "for example 'test_f1_macro:0.002'"
      ),
      (
        ["--baseline", "small", "--fail-if-worse", "test_los:1"],
        "--fail-if-worse: there is no score 'test_los'", "did you mean 'test_loss'?"
      ),
      (
        ["--baseline", "small", "--fail-if-worse", "test_loss:nan"],
        "the margin of '--fail-if-worse' must be a number of at least 0, got 'nan'", nil
      ),
      (
        ["--baseline", "small", "--fail-if-worse", "test_loss:-0.1"],
        "the margin of '--fail-if-worse' must be a number of at least 0, got '-0.1'", nil
      ),
      (
        ["--where", "seed == 0", "--where", "seed == 1"], "'--where' can be given once",
        "join the conditions with 'and'"
      ),
      (["--top", "0"], "'--top' must be at least 1, got 0", nil),
      (["--precision", "16"], "'--precision' must be between 0 and 15, got 16", nil),
      (
        ["--sort-by", "val_f1"], "--sort-by: there is no column or value 'val_f1'",
        "did you mean 'val_f1_macro'?"
      ),
      (
        ["--group-by", "optimiser"], "--group-by: no experiment has a value 'optimiser'",
        "did you mean 'optimizer'?"
      ),
    ] as [([String], String, String?)])
  func usageErrors(arguments: [String], message: String, hint: String?) throws {
    let ending = try Command(["compare"] + arguments, in: place.path).ending()
    #expect(ending.code == 64)
    #expect(ending.output == "")
    #expect(ending.error == "error: \(message)\n" + (hint.map { "hint: \($0)\n" } ?? ""))
  }

  @Test("without values.json a run still counts, and that its values are unknown is said")
  func lostSpecs() throws {
    for run in place.runs(of: "sgd") {
      try FileManager.default.removeItem(atPath: "\(place.path)/\(run)/values.json")
    }
    let ending = try compare()
    #expect(ending.code == 0)
    #expect(words(ending)[1...2].map { $0.contains("2/2") } == [true, true])
    for run in place.runs(of: "sgd") {
      #expect(
        ending.output.components(separatedBy: "unreadable values: \(run): values.json is missing\n")
          .count == 2, "said once")
    }
    #expect(try compare("--where", "name == sgd and test_accuracy <= 1").output.contains("2/2"))
  }

  @Test("folders that are no runs, or not whole, leave the rest of the table as it is")
  func damagedFolders() throws {
    let table = words(try compare()).prefix(3)
    let name = "2026-01-01_00-00-00_seed-0"
    try place.write("", to: "runs/empty/\(name)/note.txt")
    try place.write("{", to: "runs/half/\(name)/run.json")
    try place.write("hello", to: "runs/foreign/readme.txt")
    let run = place.runs(of: "sgd")[0]
    try place.write("{}", to: "runs/old/\(name)/results.json")
    try place.write(try place.bytes("\(run)/run.json"), to: "runs/old/\(name)/run.json")
    let ending = try compare()
    #expect(words(ending).prefix(3) == table)
    for note in [
      "runs/empty/\(name): run.json is missing",
      "runs/half/\(name): run.json is damaged: it is not complete JSON",
      "runs/old/\(name): results.json is damaged: it has no scores",
    ] { #expect(ending.output.contains("\nunreadable, not counted: \(note)"), "\(note)") }
    #expect(ending.output.contains("runs/foreign: there is no run in it"))
  }
}
