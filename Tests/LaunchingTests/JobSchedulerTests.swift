import ExperimentExamples
import Files
import Launching
import Records
import Running
import Testing

@Suite struct JobSchedulerTests {
  private let runs: RunsFolder

  init() throws { runs = try RunsFolder() }

  /// Executes runs of these seeds with `launcher`, and says what came of them and was told.
  private func outcomes(
    of seeds: ClosedRange<Int>, _ launcher: ScriptedLauncher, limit: Int = 2,
    endsAtFailure: Bool = false, isInterrupted: () -> Bool = { false }
  ) throws -> (statuses: [RunStatus], scheduler: JobScheduler, ends: Int) {
    let scheduler = JobScheduler(launcher, limit: limit, endsAtFailure: endsAtFailure)
    var rest = Array(seeds)[...]
    var ends = 0
    try scheduler.run(
      next: { try rest.popFirst().map(runs.begin(seed:)) },
      observe: { if case .ended = $0 { ends += 1 } }, isInterrupted: isInterrupted)
    return (scheduler.outcomes.map(\.status), scheduler, ends)
  }

  @Test(arguments: [1, 2, 3, 9])
  func thatManyRunAtATime(limit: Int) throws {
    let launcher = ScriptedLauncher(runs.runner)
    let result = try outcomes(of: 0...4, launcher, limit: limit)
    #expect(launcher.mostAtATime == min(limit, 5))
    #expect(result.statuses == Array(repeating: .completed, count: 5))
    #expect(result.scheduler.outcomes.map(\.seed) == [0, 1, 2, 3, 4])
    #expect(result.scheduler.outcomes.allSatisfy { $0.results != nil && $0.error == nil })
    #expect(result.ends == 5)
  }

  @Test func aKilledRunIsCrashedAndTheOthersGoOn() throws {
    let launcher = ScriptedLauncher(runs.runner, ends: [1: .signal(9)])
    let result = try outcomes(of: 0...3, launcher)
    #expect(result.statuses == [.completed, .crashed, .completed, .completed])
    let error = try #require(result.scheduler.outcomes[1].error)
    #expect("\(error)".contains("seed 1: its process was ended by signal 9 (Killed)"))
  }

  @Test func aProcessThatEndsTooSoonSaysItsExitCode() throws {
    let result = try outcomes(
      of: 0...0, ScriptedLauncher(runs.runner, ends: [0: .exit(code: 74)]))
    #expect(result.statuses == [.crashed])
    #expect(result.scheduler.outcomes[0].exit == .inputOutput)
    let cause = try #require(result.scheduler.outcomes[0].error?.cause)
    #expect("\(cause)" == "its process ended with exit code 74 before the run did")
  }

  /// It may have been killed while it tidied up.
  @Test func aRunThatIsRecordedAsCompleteIsDoneHoweverItsProcessEnded() throws {
    let job = Job(id: 0, try runs.begin(seed: 0))
    let run = try runs.begin(seed: 0)
    let done = runs.runner.execute(run, observe: { _ in }, isInterrupted: { false })
    #expect(done.status == .completed)
    let outcome = Runner.Outcome(of: Job(id: 1, run), .signal(9))
    #expect(outcome.status == .completed && outcome.exit == .done && outcome.error == nil)
    try Storage.removeTree(job.folder.path)
    let lost = Runner.Outcome(of: job, .exit(code: 0))
    #expect(lost.exit == .runFailed && lost.error != nil)
  }

  @Test func theFirstFailureEndsEverythingIfAsked() throws {
    let launcher = ScriptedLauncher(runs.runner, ends: [0: .signal(11)], goesOn: [1])
    let result = try outcomes(of: 0...5, launcher, endsAtFailure: true)
    #expect(launcher.cancelled == [1])
    #expect(result.statuses == [.crashed, .interrupted], "the others do not begin")
  }

  @Test func anInterruptionCancelsWhatRunsAndBeginsNoMore() throws {
    let launcher = ScriptedLauncher(runs.runner, goesOn: [0, 1, 2])
    let result = try outcomes(of: 0...5, launcher, limit: 3) { launcher.mostAtATime == 3 }
    #expect(launcher.cancelled == [0, 1, 2])
    #expect(result.statuses == [.interrupted, .interrupted, .interrupted])
  }

  @Test func whatKeepsRunsFromBeginningIsThrownOnceTheOthersEnded() throws {
    struct Full: Error {}
    let scheduler = JobScheduler(ScriptedLauncher(runs.runner), limit: 2)
    var seed = 0
    #expect(throws: Full.self) {
      try scheduler.run(
        next: {
          defer { seed += 1 }
          if seed > 0 { throw Full() }
          return try runs.begin(seed: seed)
        }, observe: { _ in }, isInterrupted: { false })
    }
    #expect(scheduler.outcomes.map(\.status) == [.completed])
  }
}

/// Executes runs in this process when it is polled, unless they are to end otherwise.
private final class ScriptedLauncher: Launcher {
  private let runner: Runner
  private let ends: [Int: JobEnd]
  private let goesOn: Set<Int>
  private var jobs: [(job: Job, run: OpenRun)] = []
  private var count = 0
  private(set) var mostAtATime = 0
  /// Seeds.
  private(set) var cancelled: Set<Int> = []

  /// - Parameters:
  ///   - ends: how processes end, by seed, that do not get to their runs.
  ///   - goesOn: the seeds that train until they are cancelled.
  init(_ runner: Runner, ends: [Int: JobEnd] = [:], goesOn: Set<Int> = []) {
    (self.runner, self.ends, self.goesOn) = (runner, ends, goesOn)
  }

  func submit(_ run: consuming OpenRun) throws -> Job {
    let job = Job(id: count, run)
    count += 1
    jobs.append((job, run))
    mostAtATime = max(mostAtATime, jobs.count)
    return job
  }

  /// The first that is not to go on ends.
  func poll(timeout: Duration) -> [(job: Job, report: JobReport)] {
    let place = jobs.firstIndex { job, _ in
      !goesOn.contains(job.seed) || cancelled.contains(job.seed)
    }
    guard let place else { return [] }
    let job = jobs[place].job
    let end = ends[job.seed] ?? execute(jobs[place].run, isCancelled: cancelled.contains(job.seed))
    jobs.remove(at: place)
    return [(job, .message("bye")), (job, .ended(end))]
  }

  func cancel(_ job: Job) { cancelled.insert(job.seed) }

  private func execute(_ run: OpenRun, isCancelled: Bool) -> JobEnd {
    let outcome = runner.execute(run, observe: { _ in }, isInterrupted: { isCancelled })
    return .exit(code: outcome.error == nil ? 0 : 75)
  }
}
