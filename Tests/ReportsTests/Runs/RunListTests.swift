import Files
import Foundation
import Metrics
import Records
import Reports
import Testing

@Suite("The list of runs, to the letter")
struct RunListTests {
  private func list(_ width: Int?) -> String {
    RunCatalog.example.list(width: width).inUTC(RunCatalog.example.runs)
  }

  @Test func at60Columns() {
    #expect(
      list(60) == """
        experiment      seed  status     val_accuracy  test_f1_macro
        mnist-baseline     0  completed        0.9910         0.9920
        mnist-baseline     1  completed        0.9900         0.9910
        mnist-baseline     2  completed        0.9890         0.9900
        mnist-baseline     0  completed        0.9920         0.9930
        mnist-mlp          0  completed        0.9790         0.9800
        mnist-mlp          0  completed        0.9740         0.9750
        mnist-mlp          1  diverged              –              –
        猫🙂               0  running               –              –
        no-validation      0  completed             –         1.0000
        no room for: started, epochs, path

        unreadable: runs/mnist-mlp/2026-11-22_21-06-06_seed-2:
          run.json is missing

        """)
  }

  @Test func tagsAreShownWhereThereAreSome() {
    let runs = [RunRecord.example(tag: "before-fix"), .example(seed: 1, minute: 1)]
    #expect(
      RunCatalog(runs: runs).list(width: 100).inUTC(runs) == """
        experiment      tag         seed  status     started           epochs  val_accuracy  test_f1_macro
        mnist-baseline  before-fix     0  completed  2026-11-22 20:06   10/12        0.9910         0.9920
        mnist-baseline  –              1  completed  2026-11-22 20:07   11/12        0.9910         0.9920
        no room for: path

        """)
  }

  @Test func combinationsOfASweepAreShownWhereThereAreSome() {
    let runs = [
      RunRecord.example("study", variant: "units: 64"),
      .example("study", seed: 1, minute: 1, variant: "units: 128"), .example(minute: 2),
    ]
    let lines = RunCatalog(runs: runs).list(width: 60).split(separator: "\n")
    #expect(
      lines.prefix(4).map { $0.split(separator: " ").prefix(3).joined(separator: " ") } == [
        "experiment variant seed", "study units: 64", "study units: 128", "mnist-baseline – 0",
      ])
  }

  @Test func at80Columns() {
    #expect(
      list(80) == """
        experiment      seed  status     started           val_accuracy  test_f1_macro
        mnist-baseline     0  completed  2026-11-22 20:06        0.9910         0.9920
        mnist-baseline     1  completed  2026-11-22 20:07        0.9900         0.9910
        mnist-baseline     2  completed  2026-11-22 20:08        0.9890         0.9900
        mnist-baseline     0  completed  2026-11-22 20:11        0.9920         0.9930
        mnist-mlp          0  completed  2026-11-22 20:12        0.9790         0.9800
        mnist-mlp          0  completed  2026-11-22 20:13        0.9740         0.9750
        mnist-mlp          1  diverged   2026-11-22 20:14             –              –
        猫🙂               0  running    2026-11-22 20:15             –              –
        no-validation      0  completed  2026-11-22 20:16             –         1.0000
        no room for: epochs, path

        unreadable: runs/mnist-mlp/2026-11-22_21-06-06_seed-2: run.json is missing

        """)
  }

  /// What names a run is shown before what it tells, too.
  @Test func at120Columns() {
    #expect(
      list(120) == """
        experiment      seed  status     epochs  val_accuracy  test_f1_macro  path
        mnist-baseline     0  completed   10/12        0.9910         0.9920  runs/mnist-baseline/2026-11-22_20-06-00_seed-0
        mnist-baseline     1  completed   11/12        0.9900         0.9910  runs/mnist-baseline/2026-11-22_20-07-00_seed-1
        mnist-baseline     2  completed   12/12        0.9890         0.9900  runs/mnist-baseline/2026-11-22_20-08-00_seed-2
        mnist-baseline     0  completed   10/12        0.9920         0.9930  runs/mnist-baseline/2026-11-22_20-11-00_seed-0
        mnist-mlp          0  completed   10/12        0.9790         0.9800  runs/mnist-mlp/2026-11-22_20-12-00_seed-0
        mnist-mlp          0  completed   10/12        0.9740         0.9750  runs/mnist-mlp/2026-11-22_20-13-00_seed-0
        mnist-mlp          1  diverged     2/12             –              –  runs/mnist-mlp/2026-11-22_20-14-00_seed-1
        猫🙂               0  running      –/12             –              –  runs/猫🙂/2026-11-22_20-15-00_seed-0
        no-validation      0  completed   10/12             –         1.0000  runs/no-validation/2026-11-22_20-16-00_seed-0
        no room for: started

        unreadable: runs/mnist-mlp/2026-11-22_21-06-06_seed-2: run.json is missing

        """)
  }

  @Test func unlimited() {
    #expect(
      list(nil) == """
        experiment      seed  status     started           epochs  val_accuracy  test_f1_macro  path
        mnist-baseline     0  completed  2026-11-22 20:06   10/12        0.9910         0.9920  runs/mnist-baseline/2026-11-22_20-06-00_seed-0
        mnist-baseline     1  completed  2026-11-22 20:07   11/12        0.9900         0.9910  runs/mnist-baseline/2026-11-22_20-07-00_seed-1
        mnist-baseline     2  completed  2026-11-22 20:08   12/12        0.9890         0.9900  runs/mnist-baseline/2026-11-22_20-08-00_seed-2
        mnist-baseline     0  completed  2026-11-22 20:11   10/12        0.9920         0.9930  runs/mnist-baseline/2026-11-22_20-11-00_seed-0
        mnist-mlp          0  completed  2026-11-22 20:12   10/12        0.9790         0.9800  runs/mnist-mlp/2026-11-22_20-12-00_seed-0
        mnist-mlp          0  completed  2026-11-22 20:13   10/12        0.9740         0.9750  runs/mnist-mlp/2026-11-22_20-13-00_seed-0
        mnist-mlp          1  diverged   2026-11-22 20:14    2/12             –              –  runs/mnist-mlp/2026-11-22_20-14-00_seed-1
        猫🙂               0  running    2026-11-22 20:15    –/12             –              –  runs/猫🙂/2026-11-22_20-15-00_seed-0
        no-validation      0  completed  2026-11-22 20:16   10/12             –         1.0000  runs/no-validation/2026-11-22_20-16-00_seed-0

        unreadable: runs/mnist-mlp/2026-11-22_21-06-06_seed-2: run.json is missing

        """)
  }

  @Test("a run that could not say how it ended is asked for its history")
  func epochsOfACrashedRun() throws {
    let path = NSTemporaryDirectory() + "exp-list-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    let folder = RunFolder(path: path)
    try Storage.createFolder(path)
    var history = History()
    for epoch in 1...3 {
      history.append(
        EpochRecord(
          epoch: epoch, seconds: 1, learningRate: 0.1, loss: 1, accuracy: 0.5, validation: [:]))
    }
    try folder.write(history)
    let catalog = RunCatalog(runs: [.example(status: .crashed, folder: folder)])
    #expect(catalog.list().contains("  crashed  "))
    #expect(catalog.list().contains("  3/12  "))
  }

  @Test func `a run that stopped on another kind of processor waits for one`() throws {
    let recorded = try RecordedRuns()
    try recorded.add(.init(seed: 0))
    func list(_ cpu: String) -> String {
      RunCatalog(paths: [recorded.path])
        .list(processor: Processor(cpu: cpu, instructionSet: "avx512"))
    }
    #expect(!list("Other").contains("waits for"))
    try recorded.add(.init(seed: 1, status: .interrupted))
    #expect(!list("Zen").contains("waits for"))
    let lines = list("Other").split(separator: "\n").map {
      $0.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    #expect(
      lines.map { Array($0.prefix(4)) } == [
        ["experiment", "seed", "status", "waits for"], ["digits", "0", "completed", "–"],
        ["digits", "1", "interrupted", "Zen, avx512"],
      ])
  }

  @Test func `a run that is running elsewhere or in a job has its host and job`() throws {
    let recorded = try RecordedRuns()
    try recorded.add(.init(seed: 0))
    let folder = try recorded.add(.init(seed: 1, status: .interrupted))
    func list(host: String, job: String?) throws -> [[String]] {
      var manifest = try folder.manifest()
      manifest.resume(
        .init(command: [], host: host, pid: 2, threads: 1, job: job, epoch: 0, step: 0))
      try folder.write(manifest)
      let lease = try #require(try folder.takeLease())
      return withExtendedLifetime(lease) {
        RunCatalog(paths: [recorded.path]).list().split(separator: "\n").map { line in
          line.split(separator: "  ").prefix(4).map { $0.trimmingCharacters(in: .whitespaces) }
        }
      }
    }
    #expect(
      try list(host: "node9", job: "4711_3") == [
        ["experiment", "seed", "status", "runs on"], ["digits", "0", "completed", "–"],
        ["digits", "1", "running", "node9, job 4711_3"],
      ])
    #expect(try list(host: "node9", job: nil)[2].last == "node9")
    #expect(
      try list(host: Computer.hostName, job: "12")[2].last == "\(Computer.hostName), job 12")
    #expect(try list(host: Computer.hostName, job: nil)[0].last == "started")
  }

  @Test func noRunsAreSaidToBeNone() {
    #expect(RunCatalog(runs: []).list() == "no runs\n")
  }
}
