import ChildPrograms
import Diagnostics
import Glibc

/// The commands of Slurm that a launch needs.
package struct SlurmCommands: Sendable {
  /// The time that a command gets. Without its controller, Slurm's take 18 seconds to say so.
  private let timeLimit: Duration
  /// The pauses before squeue is asked again for a job that may have been submitted.
  private let pauses: [Duration]
  /// The folder of the commands; nil if they are to be found in $PATH.
  private let folder: String?

  package init(
    timeLimit: Duration = .seconds(60),
    pauses: [Duration] = [.zero, .seconds(2), .seconds(5), .seconds(10)], folder: String? = nil
  ) {
    self.timeLimit = timeLimit
    self.pauses = pauses
    self.folder = folder
  }

  /// Starts a command.
  private func start(_ arguments: [String]) throws(SlurmError) -> SchedulerCall {
    do {
      let command = folder.map { "\($0)/\(arguments[0])" } ?? arguments[0]
      return try SchedulerCall([command] + arguments.dropFirst(), timeLimit: timeLimit)
    } catch {
      throw .noCommand("\(error)")
    }
  }

  /// Submits `script`, which gives its job the unique name `name`.
  ///
  /// Nothing is ever submitted a second time: if sbatch does not say what became of the job, squeue is asked for its
  /// name.
  package func submit(_ script: String, named name: String) throws(SlurmError) -> SlurmJob {
    let answer = try start(["sbatch", "--parsable", script]).wait()
    if answer.ending == .exited(0), answer.output.count == 1,
      let job = SlurmJob(parsable: answer.output[0])
    {
      return job
    }
    let isRefusal = if case .exited(1...) = answer.ending { !answer.isLost } else { false }
    // Slurm may refuse what it has accepted, since its own answer came late.
    switch find(name, pauses: isRefusal ? [pauses.first ?? .zero] : pauses) {
    case .job(let job): return job
    case .none where isRefusal: throw .refused(answer.message)
    case .unanswered where isRefusal && answer.isUnsent: throw .refused(answer.message)
    case .none:
      throw .unknown(name, answer.message.isEmpty ? "sbatch did not say so" : answer.message)
    case .unanswered(let reason):
      throw .unknown(name, isRefusal ? answer.message : reason)
    }
  }

  /// What squeue knows of a name.
  package enum Finding: Hashable, Sendable {
    case job(SlurmJob)
    case none
    /// squeue did not answer, for a reason.
    case unanswered(String)
  }

  /// The job named `name`. If there are several, which are equal, the first is left alone.
  package func find(_ name: String) -> Finding { find(name, pauses: [.zero]) }

  private func find(_ name: String, pauses: [Duration]) -> Finding {
    var finding = Finding.none
    for pause in pauses {
      usleep(UInt32(pause / .microseconds(1)))
      finding = ask(for: name)
      if case .job = finding { return finding }
    }
    return finding
  }

  private func ask(for name: String) -> Finding {
    let answer: SchedulerCall.Answer
    do {
      answer = try start(
        ["squeue", "-h", "-r", "-t", "all", "-n", name, "-O", "ArrayJobID:|"]
      ).wait()
    } catch {
      return .unanswered("\(error)")
    }
    guard answer.ending == .exited(0) else { return .unanswered(answer.reason(of: "squeue")) }
    let lines = answer.output.filter { !$0.isEmpty }
    let jobs = lines.compactMap { SlurmJob(parsable: String($0.prefix { $0 != "|" })) }
    guard jobs.count == lines.count else { return .unanswered("squeue wrote what it should not") }
    let sorted = Set(jobs).sorted { $0.number < $1.number }
    for job in sorted.dropFirst() { try? cancel(job, named: name) }
    return sorted.first.map { .job($0) } ?? .none
  }

  /// Starts to ask for the tasks of `job`.
  func startQuery(of job: SlurmJob, named name: String) throws(SlurmError) -> SchedulerCall {
    try start(
      ["squeue"] + job.clusterOption
        + [
          "-h", "-r", "-t", "all", "-j", "\(job.number)", "-n", name, "-O", SlurmTask.format,
        ])
  }

  /// The tasks in the answer to that. Throws if squeue does not know.
  static func tasks(in answer: SchedulerCall.Answer) throws(SlurmError) -> [SlurmTask] {
    guard answer.ending == .exited(0) else {
      // All have left Slurm's memory.
      if answer.message.contains("Invalid job id") { return [] }
      throw .unanswered(answer.reason(of: "squeue"))
    }
    let lines = answer.output.filter { !$0.isEmpty && !$0.hasPrefix("CLUSTER:") }
    let tasks = lines.compactMap(SlurmTask.init(line:))
    guard tasks.count == lines.count else {
      throw .unanswered("squeue wrote what it should not")
    }
    return tasks
  }

  /// Cancels `job`, or what of it has not started. A job of another name is left alone.
  package func cancel(
    _ job: SlurmJob, named name: String, onlyPending: Bool = false
  ) throws(SlurmError) {
    let answer = try start(
      ["scancel"] + job.clusterOption + ["--name=\(name)"]
        + (onlyPending ? ["--state=PENDING"] : []) + ["\(job.number)"]
    ).wait()
    guard answer.ending == .exited(0) else { throw .unanswered(answer.reason(of: "scancel")) }
  }
}

extension SchedulerCall.Answer {
  /// True if a command says that it had no connection over which it could have asked for anything.
  fileprivate var isUnsent: Bool {
    ["connect failure", "configuration source"].contains(where: message.contains)
  }

  /// True if a command says that the controller's answer did not reach it, after which it may still do what it was asked for.
  fileprivate var isLost: Bool {
    ["timed out", "receive failure", "Zero Bytes were transmitted", "Connection reset"].contains(
      where: message.contains)
  }

  /// Why there is no answer of `command`.
  fileprivate func reason(of command: String) -> String {
    if !message.isEmpty { return message }
    return switch ending {
    case .exited(let status): "\(command) ended with status \(status)"
    case .killed(let signal): "\(command) was ended by signal \(signal)"
    case .timedOut: "\(command) took too long"
    }
  }
}

/// A job as sbatch names it.
package struct SlurmJob: Codable, Hashable, Sendable {
  package let number: Int
  /// The cluster, if there are several.
  package let cluster: String?

  /// The job in `1234` or `1234;cluster`.
  init?(parsable text: String) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let number = Int(parts[0]), number > 0,
      parts.dropFirst().allSatisfy({ $0.wholeMatch(of: /[A-Za-z0-9_.-]+/) != nil })
    else { return nil }
    self.number = number
    cluster = parts.count == 2 ? String(parts[1]) : nil
  }

  fileprivate var clusterOption: [String] { cluster.map { ["--clusters=\($0)"] } ?? [] }
}

/// The error that Slurm does not do what it is asked for.
package enum SlurmError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A command cannot be started.
  case noCommand(String)
  /// sbatch refused, and said why.
  case refused(String)
  /// It is not known whether the job of that name exists, for a reason.
  case unknown(String, String)
  /// squeue or scancel failed, for a reason.
  case unanswered(String)

  package var description: String {
    switch self {
    case .noCommand(let reason):
      "\(reason)\nhint: give the command on a machine of the cluster, where Slurm's commands are"
    case .refused(let message): "Slurm refuses the job: \(message)"
    case .unknown(let name, let reason):
      "it is unknown whether Slurm has accepted job '\(name)': \(reason)"
    case .unanswered(let reason): "Slurm does not answer: \(reason)"
    }
  }
}

extension SlurmError: ReportableError {
  package var exitStatus: ExitStatus {
    if case .noCommand = self { .inputMissing } else { .runFailed }
  }
}
