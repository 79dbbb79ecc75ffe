import Launching
import Plans
import Records
import Running
import TextLayout

extension RunSession {
  /// Executes the runs of `queue`, up to `limit` at a time, each in a process of its own.
  func run(_ queue: RunQueue, jobs limit: Int) {
    let planned = queue.requests.count
    let jobs = max(1, min(limit, planned))
    let share = max(1, threads.count / jobs)
    let names = Set(queue.requests.map(\.plan.name))
    let display = JobsDisplay(isQuiet: isQuiet, namesExperiments: names.count > 1)
    display.line(
      "\(names.sorted().joined(separator: ", ")): \(counted(planned, "run")), \(jobs) at a time, "
        + "\(counted(share, "thread")) each\n")

    let scheduler = JobScheduler(
      LocalLauncher(threads: share, dataDirectory: data.directory), limit: jobs,
      endsAtFailure: endsAtFailure)
    var plans: [RunFolder: ExperimentPlan] = [:]
    func next() -> OpenRun? {
      while true {
        var item: RunQueue.Item?
        guard attempt(before: display.clear, { item = try queue.next() }) else { continue }
        guard let item else { return nil }
        plans[item.run.folder.notKeptOpen()] = item.request.plan
        return item.run
      }
    }
    func observe(_ event: JobScheduler.Event) {
      display.show(event)
      // If one run could not be recorded, the next cannot either.
      if case .ended(_, let outcome) = event, outcome.exit == .inputOutput { queue.abandon() }
    }
    attempt(before: display.clear) {
      try scheduler.run(
        next: next, observe: observe, isInterrupted: { Interruption.isRequested })
    }
    display.clear()
    outcomes += scheduler.outcomes
    conclude(scheduler.outcomes, of: plans) { display.line("") }
  }

  /// Prints the outcomes of runs, those of each plan together.
  func conclude(
    _ outcomes: [Runner.Outcome], of plans: [RunFolder: ExperimentPlan],
    before prepare: () -> Void
  ) {
    var rest = outcomes
    while let plan = rest.first.flatMap({ plans[$0.folder] }) {
      let own = rest.filter { plans[$0.folder]?.isSame(as: plan) ?? false }
      rest.removeAll { outcome in own.contains { $0.folder == outcome.folder } }
      conclude(own[...], of: plan, cell: plan.cellTitle, before: prepare)
    }
  }
}
