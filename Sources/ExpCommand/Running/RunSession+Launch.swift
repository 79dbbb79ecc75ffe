import ArgumentParser
import Diagnostics
import Glibc
import Launching
import Plans
import Records
import Running
import TextLayout

extension RunSession {
  /// Watches a launch until the `requests` are settled, no worker is left, or the user leaves, which ends the command.
  ///
  /// - Parameter job: nil if there is none, since all requests are settled already.
  /// - Returns: the requests that needed no run of the launch.
  func watch(
    _ launch: Launch, _ job: SlurmJob?, _ folder: LaunchFolder, _ requests: [RunRequest],
    _ loader: DataLoader, retriesFailed: Bool
  ) throws -> RunLedger.Settled {
    var plans: [RunRequest.Identity: ExperimentPlan] = [:]
    let identities = try requests.map { request in
      let identity = request.identity(try loader.digest(of: request.plan))
      guard launch.experiments.contains(identity.specHash) else {
        throw ChangedExperimentError(request.plan)
      }
      plans[identity] = request.plan
      return identity
    }
    guard let job else {
      let ledger = try RunLedger(root: context.outputDirectory)
      return try identities.reduce(into: RunLedger.Settled()) { $0.add(try ledger.entry(for: $1)) }
    }
    hasLaunched = true
    let names = Set(requests.map(\.plan.name))
    let display = JobsDisplay(isQuiet: isQuiet, namesExperiments: names.count > 1)
    display.line(
      "\(names.sorted().joined(separator: ", ")): \(counted(requests.count, "run")), "
        + "\(counted(launch.workers, "worker")) in job \(job.number)\nlogs: \(folder.path)\n")
    let watch = LaunchWatch(
      launch, job, in: folder, SlurmCommands(), identities: identities,
      root: context.outputDirectory, retriesFailed: retriesFailed, endsAtFailure: endsAtFailure,
      observe: display.show)
    var wish = LaunchWatch.Wish.goOn
    let isOver = try watch.run {
      if Interruption.isRequested {
        display.clear()
        wish = Self.ask()
        // The next Ctrl-C asks again, as where Slurm does not cancel.
        Interruption.forget()
      }
      return wish
    }
    display.clear()
    guard isOver else {
      Console.error(
        "the workers go on: 'exp attach \(launch.id)\(outputDirectoryOption)' watches them")
      throw ExitCode(ExitStatus.interrupted.rawValue)
    }
    outcomes += watch.outcomes.map(\.outcome)
    let pairs = watch.outcomes.compactMap { identity, outcome in
      plans[identity].map { (outcome.folder, $0) }
    }
    conclude(watch.outcomes.map(\.outcome), of: Dictionary(pairs) { $1 }) { display.line("") }
    if let error = watch.workerError { attempt { throw error } }
    return watch.settled
  }

  /// What a user wants who pressed Ctrl-C; without a terminal, nobody can say.
  private static func ask() -> LaunchWatch.Wish {
    let answer =
      Console.answer(to: "\nLeave the workers running, or cancel them? [leave/cancel]") ?? ""
    return !answer.isEmpty && "cancel".hasPrefix(answer) ? .cancel : .leave
  }
}
