import Documents
import Files
import Records

/// Runs that were handed to a scheduler together.
package struct Launch: Codable, Hashable, Sendable {
  /// The time and a few letters: `2026-11-30_14-21-27_k3f9`.
  package let id: String
  package let scheduler: Scheduler
  /// The scheduler's job; nil as long as that is not known.
  package var job: SlurmJob?
  /// The arguments of each worker, after the program's name and that of the subcommand.
  package let arguments: [String]
  /// The folder in which the command was given, from the root.
  package let directory: String
  package let workers: Int
  /// The spec hashes of the runs that are asked for: experiments, with the data and weights that they had then.
  package let experiments: Set<String>

  package init(
    id: String, arguments: [String], directory: String, workers: Int,
    experiments: Set<String>
  ) {
    self.id = id
    scheduler = .slurm
    self.arguments = arguments
    self.directory = directory
    self.workers = workers
    self.experiments = experiments
  }

  /// An ID that no other launch has.
  package static func newID() -> String {
    let letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    let mark = String((0..<6).compactMap { _ in letters.randomElement() })
    return "\(Timestamp.now.folderName)_\(mark)"
  }

  /// The name of its job, which no other job has.
  package var jobName: String { "exp-\(id)" }

  /// True if a process in the scheduler's job `name` is one of its workers.
  package func hasWorker(_ name: String?) -> Bool {
    guard let job, let name else { return false }
    return name.hasPrefix("\(job.number)_")
  }

  /// The number of the worker that is the scheduler's job `name`.
  func worker(_ name: String?) -> Int? {
    hasWorker(name) ? name?.split(separator: "_").last.flatMap { Int($0) } : nil
  }
}
