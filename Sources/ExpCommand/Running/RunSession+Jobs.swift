import Experiments
import Runs

extension RunSession {
  /// Runs all `plans` from their seeds, up to `limit` of these runs at a time, each in a process of its own.
  func run(_ plans: [(plan: ExperimentPlan, seeds: [Int])], jobs limit: Int) {
    let planned = plans.reduce(0) { $0 + $1.seeds.count }
    let jobs = max(1, min(limit, planned))
    let share = max(1, threads.count / jobs)
    let names = Set(plans.map(\.plan.name))
    let display = JobsDisplay(isQuiet: isQuiet, namesExperiments: names.count > 1)
    display.line(
      "\(names.sorted().joined(separator: ", ")): \(counted(planned, "run")), \(jobs) at a time, "
        + "\(counted(share, "thread")) each\n")

    let scheduler = JobScheduler(
      LocalLauncher(threads: share, dataDirectory: data.directory), limit: jobs,
      endsAtFailure: endsAtFailure)
    var rest = plans.enumerated().flatMap { place, entry in entry.seeds.map { (place, $0) } }[...]
    var places: [RunFolder: Int] = [:]
    func next() -> OpenRun? {
      // Where one run could not be recorded, the next cannot either.
      let isFull = scheduler.outcomes.contains { outcome in
        outcome.error.map { Failure($0.cause).code == .inputOutput } ?? false
      }
      while !isFull, let (place, seed) = rest.popFirst() {
        var run: OpenRun?
        attempt(before: display.clear) { run = try begin(plans[place].plan, seed: seed) }
        if let run {
          places[run.folder] = place
          return run
        }
        rest = rest.drop { $0.0 == place }
      }
      return nil
    }
    attempt(before: display.clear) {
      try scheduler.run(
        next: next, observe: display.show, isInterrupted: { Interruption.isRequested })
    }
    display.clear()
    outcomes += scheduler.outcomes
    if scheduler.outcomes.contains(where: \.status.isResumable) {
      display.line("to go on with what stopped: exp resume --all\(outputDirectoryOption)")
    }
    for (place, entry) in plans.enumerated() {
      let own = scheduler.outcomes.filter { places[$0.folder] == place }
      conclude(own[...], isOneOfMany: entry.plan.cell != nil) { display.line("") }
    }
  }
}
