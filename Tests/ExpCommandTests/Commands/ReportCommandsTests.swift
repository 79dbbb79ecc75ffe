import Foundation
import Testing

/// `exp compare`, `exp list` and `exp show` on runs of every kind.
@Suite struct ReportCommandsTests {
  private let place: Workplace

  /// Two specs: one with seeds 0 and 1, of which 0 ran twice; one with a diverged run.
  init() throws {
    place = try Workplace()
    try place.writeStripes()
    try #require(try place.exp("run stripes.yaml --seeds 0-1 --quiet").code == 0)
    try #require(try place.exp("run stripes.yaml --seed 0 --quiet").code == 0)
    try place.writeStripes(["optimizer": "{type: sgd, learning_rate: 1e30}", "name": "wild"])
    try #require(try place.exp("run stripes.yaml --quiet").code == 1)
  }

  /// `text` with times, digits of scores and hashes made the same on every machine.
  private func settled(_ text: String) -> String {
    text.replacing(/\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d/, with: "<time>")
      .replacing(/\d{4}-\d\d-\d\d \d\d:\d\d/, with: "<local time>   ")
      .replacing(/\d\.\d{4}/, with: "<1.34>")
  }

  @Test func compareShowsEverySpecAndNothingSilently() throws {
    let ending = try place.exp("compare")
    #expect(ending.code == 0)
    #expect(ending.error == "")
    let lines = settled(ending.output).split(separator: "\n").map(String.init)
    #expect(lines.count == 7, "\(lines)")
    #expect(
      lines[0].split(separator: " ") == [
        "experiment", "runs", "optimizer", "learning_rate", "val_accuracy", "val_f1_macro",
        "test_accuracy", "test_precision_macro", "test_recall_macro", "test_f1_macro", "interval",
        "parameters", "epochs", "train_seconds",
      ])
    #expect(lines[1].hasPrefix("stripes"))
    #expect(lines[1].contains("<1.34> ± <1.34>"))
    #expect(lines[2].hasPrefix("wild"))
    #expect(lines[2].contains("0/1!"))
    let notes = lines.dropFirst(3).joined(separator: "\n")
    #expect(notes.contains("±: standard deviation over seeds"))
    #expect(
      notes.contains(
        "stripes: seed 0 has a later run, not counted: runs/stripes/<time>_seed-0"))
    #expect(
      notes.contains(
        "wild: seed 0 diverged in epoch 1, step 2 (the loss is no longer a finite number; the "
          + "learning rate 1e+30 is likely too high (sgd's default is 0.01)), not counted: "
          + "runs/wild/<time>_seed-0"))
  }

  @Test func markdownIsATable() throws {
    let lines = try place.exp("compare --format markdown").output.split(separator: "\n")
    let table = lines.filter { $0.hasPrefix("|") }
    #expect(table.count == 4)
    #expect(Set(table.map { $0.count { $0 == "|" } }) == [15])
    #expect(lines.contains { $0.hasPrefix("- stripes: seed 0 has a later run, not counted") })
  }

  @Test func csvReadsBackWithEveryDigit() throws {
    let ending = try place.exp("compare --format csv")
    let rows = ending.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(rows.count == 3)
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    let column = try #require(rows[0].firstIndex(of: "test_f1_macro_mean"))
    let scores = try place.runs(of: "stripes").suffix(2).map { run in
      try #require(
        (place.json("\(run)/results.json")["test"] as? [String: Any])?["f1_macro"] as? Double)
    }
    let mean = try #require(Double(rows[1][column]))
    // Whichever is added first decides the last bit.
    #expect(abs(mean - (scores[0] + scores[1]) / 2) < 1e-15)
    #expect(rows[2][column] == "")
    #expect(ending.error.contains("not counted"), "what CSV has no place for is said elsewhere")
  }

  @Test func jsonHasTheRunsThatDoNotCount() throws {
    let text = try place.exp("compare --format json").output
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let rows = try #require(object?["rows"] as? [[String: Any]])
    #expect(rows.map { $0["experiment"] as? String } == ["stripes", "wild"])
    #expect(rows[0]["seeds"] as? [Int] == [0, 1])
    #expect((rows[0]["superseded"] as? [Any])?.count == 1)
    #expect((rows[1]["unfinished"] as? [Any])?.count == 1)
  }

  @Test func rowsCanBeSorted() throws {
    let output = try place.exp("compare --sort-by experiment").output
    let names = output.split(separator: "\n").dropFirst().prefix(2).map { $0.prefix(4) }
    #expect(names == ["stri", "wild"])
  }

  @Test func listHasALineForEachRun() throws {
    let lines = try settled(place.exp("list").output).split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines[0].hasPrefix("experiment  seed  status     started"))
    #expect(lines[1].hasPrefix("stripes        0  completed  <local time>"))
    #expect(lines[4].hasPrefix("wild           0  diverged   <local time>"))
    #expect(lines[4].hasSuffix("runs/wild/<time>_seed-0"))
  }

  @Test func showSaysWhatWasRunAndWhatCameOfIt() throws {
    let output = try place.exp("show seed-1").output
    #expect(output.hasPrefix("stripes, seed 1: completed\n\nfolder      runs/stripes/"))
    #expect(output.contains("\nparameters  151\n"))
    #expect(
      output.contains(
        "\ndata        idx, 8×8×1, 3 classes: 72 training, 24 validation, 30 test images\n"))
    #expect(
      try place.exp("show wild").output.hasPrefix("wild, seed 0: diverged in epoch 1, step 2 ("))
  }

  @Test func oneValueCanBeShown() throws {
    #expect(try place.exp("show seed-1 manifest.seed").output == "1\n")
    #expect(try place.exp("show latest manifest.status").output == "diverged\n")
    let unknown = try place.exp("show seed-1 results.test.f1")
    #expect(unknown.code == 66)
    #expect(unknown.error.hasPrefix("error: nothing is at 'results.test.f1'; 'results.test' has: "))
  }

  @Test(arguments: ["compare", "list", "show", "evaluate"])
  func aRunThatIsNotThereIsSaid(command: String) throws {
    let ending = try place.exp("\(command) nowhere")
    #expect(ending.code == 66)
    #expect(
      ending.error
        == "error: no run matches 'nowhere': it is no folder with runs, nor part of a run's name in 'runs'\n"
    )
  }

  @Test func showWantsOneRun() throws {
    let ending = try place.exp("show stripes")
    #expect(ending.code == 66)
    #expect(ending.error.hasPrefix("error: 'stripes' matches 3 runs, but one is wanted:\n  runs/"))
  }

  @Test(arguments: ["compare", "list"])
  func withoutRunsTheWayToThemIsTold(command: String) throws {
    let ending = try place.exp("\(command) --output-dir none")
    #expect(ending.code == 0)
    #expect(ending.output.hasPrefix("no runs"))
    #expect(
      ending.error == "hint: 'exp run FILE' puts runs into 'none', where there are none yet\n")
  }

  @Test func specsOfOneNameAreToldApartByWhatDiffers() throws {
    try place.writeStripes(["optimizer": "{type: adam, learning_rate: 0.02}", "name": "stripes"])
    try #require(try place.exp("run stripes.yaml --quiet").code == 0)
    let output = try place.exp("compare").output
    let rows = output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(rows[0].contains("learning_rate"))
    let values = rows.filter { $0[0] == "stripes" && $0.contains("/") == false }
    #expect(
      Set(values.compactMap { $0.first { ["0.01", "0.02"].contains($0) } }) == ["0.01", "0.02"])
  }

  @Test func runsOfANewerVersionAreNamed() throws {
    let run = place.runs(of: "stripes")[0]
    try place.replace("\"format\": 7,", by: "\"format\": 9,", in: "\(run)/run.json")
    #expect(
      try place.exp("list").output.contains(
        "unreadable: \(run): 'run.json' was written by a newer exp: it has format 9, "
          + "this exp reads format 7; read it with that one\n"))
  }

  @Test func damagedFoldersAreNamedWithTheReason() throws {
    let runs = place.runs(of: "stripes")
    try place.write(
      Array(try place.bytes("\(runs[1])/results.json").prefix(50)), to: "\(runs[1])/results.json")
    try FileManager.default.removeItem(atPath: "\(place.path)/\(runs[2])/run.json")
    let list = try place.exp("list").output
    #expect(
      list.contains("unreadable: \(runs[1]): results.json is damaged: it is not complete JSON\n"))
    #expect(list.contains("unreadable: \(runs[2]): run.json is missing\n"))
    let comparison = try place.exp("compare").output
    #expect(comparison.contains("unreadable, not counted: \(runs[1]): results.json is damaged"))
  }
}
