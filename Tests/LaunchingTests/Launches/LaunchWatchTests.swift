import Diagnostics
import ExperimentExamples
import Foundation
import Launching
import Records
import Running
import TemporaryFolders
import Testing

@Suite struct LaunchWatchTests {
  private let runs: RunsFolder
  private let programs: Programs
  private let launch: Launch
  private let job: SlurmJob

  init() throws {
    runs = try RunsFolder()
    programs = try Programs([
      "squeue": "cat $here/queue", "scancel": "echo \"$@\" >> $here/cancelled",
    ])
    try programs.add("sbatch", "echo 7")
    job = try SlurmCommands(folder: programs.path).submit("job.sh", named: "exp-test")
    var launch = Launch(
      id: "test", arguments: [], directory: runs.path, workers: 2, experiments: []
    )
    launch.job = job
    self.launch = launch
  }

  /// What squeue answers.
  private func queue(_ lines: String...) throws {
    try programs.write(lines.map { $0 + "\n" }.joined(), to: "queue")
  }

  /// Begins the run of `seed` in the scheduler's job `name`.
  private func begin(seed: Int, job name: String?) throws -> OpenRun {
    let machine = Machine(
      host: "node9", cpu: "Zen", instructionSet: "none", threads: 1, oneDNNVersion: "none",
      job: name)
    return try runs.runner.begin(
      seed: seed,
      RunContext(
        command: ["exp"], started: .now, outputDirectory: runs.path, machine: machine,
        expVersion: "0", gitCommit: nil))
  }

  private func complete(_ run: OpenRun, isInterrupted: Bool = false) {
    _ = runs.runner.execute(run, observe: { _ in }, isInterrupted: { isInterrupted })
  }

  /// Events as texts.
  private final class Told { var lines: [String] = [] }

  /// Watches the runs of these seeds until the end, or until `wish` is another than to go on.
  private func watch(
    seeds: [Int], retriesFailed: Bool = false, _ wish: (Told) -> LaunchWatch.Wish = { _ in .goOn }
  ) throws -> (isOver: Bool, watch: LaunchWatch, told: [String]) {
    let told = Told()
    let data = runs.runner.data
    let watch = LaunchWatch(
      launch, job, in: LaunchFolder(root: runs.path, id: "test"),
      SlurmCommands(timeLimit: .seconds(10), folder: programs.path),
      identities: seeds.map {
        RunRequest(runs.runner.plan, seed: $0).identity(data.description.source)
      }, root: runs.path, retriesFailed: retriesFailed
    ) { event in
      switch event {
      case .began(let job): told.lines.append("\(job.seed) began")
      case .reported(let job, .place(let text)): told.lines.append("\(job.seed) at \(text)")
      case .reported(let job, .epoch(let record)):
        told.lines.append("\(job.seed) epoch \(record.epoch)")
      case .reported, .waiting: break
      case .ended(let job, let outcome): told.lines.append("\(job.seed) \(outcome.status)")
      case .left(let job): told.lines.append("\(job.seed) left")
      case .queued(let text): told.lines.append(text)
      case .note(let text): told.lines.append(text)
      }
    }
    let deadline = ContinuousClock.now + .seconds(60)
    let isOver = try watch.run { .now > deadline ? .leave : wish(told) }
    return (isOver, watch, told.lines)
  }

  @Test func `runs are told by their folders, with host and worker`() throws {
    try queue("0|RUNNING|0:0|None|n1|", "1|PENDING|0:0|Resources||")
    try #require(FileManager.default.fileExists(atPath: programs.path))
    complete(try begin(seed: 0, job: "7_0"))
    let open = try begin(seed: 1, job: "7_1")
    var isDone = false
    let result = try watch(seeds: [0, 1]) { told in
      if !isDone, told.lines.contains("1 at node9, worker 1 pending") {
        complete(open)
        isDone = true
      }
      return .goOn
    }
    #expect(result.isOver)
    #expect(result.watch.outcomes.map(\.outcome.status) == [.completed, .completed])
    #expect(result.told.contains("0 completed") && result.told.contains("1 completed"))
    #expect(result.told.contains("queue: 1 running, 1 pending (Resources)"))
    #expect(
      programs.text("cancelled") == "--name=exp-test --state=PENDING 7\n",
      "a worker that has nothing to do need not start")
  }

  @Test func `what others completed before is no outcome of the launch`() throws {
    try queue()
    complete(try begin(seed: 0, job: nil))
    complete(try begin(seed: 1, job: "71_0"))
    complete(try begin(seed: 2, job: "7_0"))
    let result = try watch(seeds: [0, 1, 2])
    #expect(result.watch.settled.completed.count == 2)
    #expect(result.watch.outcomes.map(\.outcome.seed) == [2])
  }

  /// A run that another launch began on another kind of processor, and did not end.
  @Test(arguments: [("0|COMPLETED|0:0|None|n1|", 1), ("0|FAILED|66:0|NonZeroExitCode|n1|", 0)])
  func `what others stopped is left for other machines only if no worker has failed`(
    task: String, waiting: Int
  ) throws {
    try queue(task, "1|COMPLETED|0:0|None|n2|")
    complete(try begin(seed: 0, job: "71_0"), isInterrupted: true)
    let result = try watch(seeds: [0])
    #expect(result.isOver && result.watch.outcomes.isEmpty)
    #expect(result.watch.settled.waiting.map(\.cpu) == Array(repeating: "Zen", count: waiting))
    #expect(result.watch.settled.count == waiting)
  }

  @Test
  func `what others stopped on a processor like the workers' is left over, and waits for no other`()
    throws
  {
    try queue("0|COMPLETED|0:0|None|n1|")
    complete(try begin(seed: 0, job: "71_0"), isInterrupted: true)
    complete(try begin(seed: 1, job: "7_0"))
    let result = try watch(seeds: [0, 1])
    #expect(result.watch.outcomes.map(\.outcome.seed) == [1])
    #expect(result.watch.settled.count == 0)
  }

  @Test func `what others complete while it is watched is theirs`() throws {
    try queue("0|RUNNING|0:0|None|n1|")
    var open: OpenRun? = try begin(seed: 0, job: nil)
    let result = try watch(seeds: [0]) { told in
      if let run = open, told.lines.contains("0 began") {
        complete(run)
        open = nil
      }
      return .goOn
    }
    #expect(result.watch.outcomes.isEmpty && result.watch.settled.completed.count == 1)
    #expect(result.told.contains("0 left"))
  }

  @Test func `elements that vanish from the queue have ended, and what is missing stays so`() throws
  {
    try queue("0|RUNNING|0:0|None|n1|", "1|RUNNING|0:0|None|n2|")
    complete(try begin(seed: 0, job: "7_0"), isInterrupted: true)
    var hasVanished = false
    let result = try watch(seeds: [0, 1]) { told in
      if !hasVanished, told.lines.contains("queue: 2 running") {
        hasVanished = true
        try? programs.add(
          "squeue", "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1")
      }
      return .goOn
    }
    #expect(result.isOver)
    #expect(result.watch.outcomes.map(\.outcome.status) == [.interrupted])
    #expect(result.watch.settled.count == 0)
  }

  @Test(arguments: [
    "echo 'Unable to contact slurm controller' >&2; exit 1", "echo garbage",
    "printf '0|RUN'", "exit 3", "kill -9 $$",
  ])
  func `a scheduler that does not answer is asked again, and the folders count`(
    squeue: String
  ) throws {
    try programs.add("squeue", squeue)
    let open = try begin(seed: 0, job: "7_0")
    var isDone = false
    let result = try watch(seeds: [0]) { told in
      let silence = told.lines.filter { $0.hasPrefix("Slurm does not answer: ") }
      #expect(silence.count <= 1, "it is said once")
      if !isDone, silence.count == 1 {
        complete(open)
        isDone = true
      }
      return .goOn
    }
    #expect(result.isOver && isDone)
    #expect(result.watch.outcomes.map(\.outcome.status) == [.completed])
  }

  @Test func `a worker that waits for ever is told of, once`() throws {
    try queue("0|PENDING|0:0|launch failed requeued held||", "1|PENDING|0:0|BadConstraints||")
    var answers = 0
    let result = try watch(seeds: [0]) { told in
      answers = told.lines.count { $0.hasPrefix("queue:") }
      return answers >= 3 ? .leave : .goOn
    }
    #expect(!result.isOver)
    #expect(result.told.count { $0.contains("BadConstraints") && $0.hasPrefix("warning") } == 1)
    #expect(result.told.contains { $0.contains("worker 0 waits for what does not come by itself") })
  }

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
