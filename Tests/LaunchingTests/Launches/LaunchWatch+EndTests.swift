import Diagnostics
import ExperimentExamples
import Foundation
import Launching
import Records
import Running
import TemporaryFolders
import Testing

// How workers end, and what is left then.
extension LaunchWatchTests {
  @Test func `a worker that cannot begin says why`() throws {
    try queue(
      "0|FAILED|66:0|NonZeroExitCode|n1|", "1|OUT_OF_MEMORY|0:125|OutOfMemory|n2|",
      "2|FAILED|16640|NonZeroExitCode|n2|", "3|FAILED|256|NonZeroExitCode|n2|",
      "4|FAILED|9|NonZeroExitCode|n3|")
    let folder = LaunchFolder(root: runs.path, id: "test")
    try FileManager.default.createDirectory(
      atPath: folder.path, withIntermediateDirectories: true)
    try "error: no data\nhint: there is some\n".write(
      toFile: folder.logPath(of: 0), atomically: true, encoding: .utf8)
    let result = try watch(seeds: [0])
    #expect(result.isOver && result.watch.outcomes.isEmpty)
    #expect(
      result.told.contains {
        $0.hasPrefix(
          "worker 0 on n1 ended, failed with exit code 66: error: no data\nhint: its log")
      })
    #expect(result.told.contains { $0.hasPrefix("worker 1 on n2 ended, out of memory\n") })
    #expect(
      result.told.contains { $0.hasPrefix("worker 2 on n2 ended, failed with exit code 65\n") })
    #expect(
      !result.told.contains { $0.hasPrefix("worker 3") }, "its failed runs tell of themselves")
    #expect(result.told.contains { $0.hasPrefix("worker 4 on n3 ended, failed\n") })
  }

  /// Workers in these states, and the exit status of the error that they leave.
  private static let endings: [(tasks: [String], status: Int32?)] = [
    (["0|FAILED|74:0|NonZeroExitCode|n1|", "1|FAILED|75:0|NonZeroExitCode|n2|"], 74),
    (["0|FAILED|1:0|NonZeroExitCode|n1|", "1|FAILED|79:0|NonZeroExitCode|n2|"], 79),
    (["0|COMPLETED|0:0|None|n1|", "1|OUT_OF_MEMORY|0:125|OutOfMemory|n2|"], 1),
    (["0|FAILED|127:0|NonZeroExitCode|n1|"], 1),
    (["0|FAILED|0:9|JobLaunchFailure|n1|", "1|FAILED|143:0|NonZeroExitCode|n2|"], nil),
    (["0|CANCELLED|0:15|None|n1|", "1|NODE_FAIL|0:0|NodeDown|n2|", "2|TIMEOUT|0:9|None|n2|"], nil),
  ]

  @Test(arguments: endings)
  func `what keeps every worker from going on is an error of the launch`(
    tasks: [String], status: Int32?
  ) throws {
    try programs.write(tasks.map { $0 + "\n" }.joined(), to: "queue")
    #expect(try watch(seeds: [0]).watch.workerError?.exitStatus.rawValue == status)
    complete(try begin(seed: 0, job: "7_0"))
    #expect(try watch(seeds: [0]).watch.workerError == nil, "nothing is left")
  }

  @Test func `a run whose worker is gone without a word is interrupted, not failed`() throws {
    try queue("0|NODE_FAIL|0:0|NodeDown|n1|")
    try begin(seed: 0, job: "7_0").lease.handOver()  // it ends without being released
    let result = try watch(seeds: [0])
    #expect(result.watch.outcomes.map(\.outcome.status) == [.crashed])
    #expect(result.watch.outcomes.map(\.outcome.exit) == [.interrupted])
  }

  /// Its lease lasts for minutes, and Slurm may put nothing back.
  @Test(arguments: ["0|NODE_FAIL|0:0|NodeDown|n1|", "0|FAILED|137:0|NonZeroExitCode|n1|"])
  func `a run whose worker is gone on another machine is left over, not running`(
    task: String
  ) throws {
    try queue(task)
    for (seed, job) in [(0, "7_0"), (1, "71_0")] {
      let open = try begin(seed: seed, job: job)
      open.lease.handOver()
      try writeForeignLease(open.folder.path + "/state/lease.1", age: 0)
    }
    let result = try watch(seeds: [0, 1])
    #expect(result.isOver && result.watch.outcomes.isEmpty)
    #expect(result.watch.settled.running == 1, "that of another launch")
    #expect(result.watch.settled.count == 1)
  }

  @Test func `who leaves cancels nothing`() throws {
    try queue("0|RUNNING|0:0|None|n1|")
    let result = try watch(seeds: [0]) { $0.lines.isEmpty ? .goOn : .leave }
    #expect(!result.isOver && programs.text("cancelled") == "")
  }

  @Test func `who cancels waits for what is saved`() throws {
    try queue("0|RUNNING|0:0|None|n1|")
    let open = try begin(seed: 0, job: "7_0")
    var isCancelled = false
    let result = try watch(seeds: [0]) { told in
      if !isCancelled, told.lines.contains("0 began") {
        isCancelled = true
        complete(open, isInterrupted: true)
        try? queue("0|CANCELLED|0:15|None|n1|")
      }
      return isCancelled ? .cancel : .goOn
    }
    #expect(result.isOver)
    #expect(programs.text("cancelled") == "--name=exp-test 7\n")
    #expect(result.watch.outcomes.map(\.outcome.status) == [.interrupted])
  }

  @Test func `a scheduler that does not cancel is not asked all the time, and one can still leave`()
    throws
  {
    try queue("0|RUNNING|0:0|None|n1|")
    try programs.add("scancel", "echo x >> $here/cancelled; echo 'no contact' >&2; exit 1")
    var count = 0
    let result = try watch(seeds: [0]) { _ in
      count += 1
      return count < 5 ? .cancel : .leave
    }
    #expect(!result.isOver && programs.text("cancelled") == "x\n")
    #expect(result.told.count { $0.hasPrefix("cannot cancel yet: Slurm does not answer") } == 1)
  }
}
