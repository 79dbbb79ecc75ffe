import Records
import Running

/// The runs of a launch that its workers train or have ended, each a job for observers.
final class FollowedRuns {
  /// The outcomes of the runs that the launch's workers ended, as they ended.
  private(set) var outcomes: [(identity: RunRequest.Identity, outcome: Runner.Outcome)] = []

  /// The kinds of processors on which the launch's workers were seen to execute runs.
  private(set) var processors: Set<Processor> = []

  private let launch: Launch
  private let observe: (JobScheduler.Event) -> Void
  private var followed: [RunRequest.Identity: Followed] = [:]
  private var jobCount = 0

  /// A run that a worker trains.
  private struct Followed {
    let job: Job
    var epochs = 0
    var place = ""
  }

  init(of launch: Launch, observe: @escaping (JobScheduler.Event) -> Void) {
    self.launch = launch
    self.observe = observe
  }

  /// True if a worker of the launch was the last to execute `run`.
  func isOwn(_ run: RunRecord) -> Bool {
    launch.hasWorker(try? run.folder.manifest().lastJob)
  }

  /// Shows how far `run` has come, and where it is.
  ///
  /// - Parameter state: the state of a worker in words, if it is known.
  func follow(
    _ run: RunRecord, _ identity: RunRequest.Identity, state: (_ worker: Int) -> String?
  ) {
    // A folder that cannot be read now may be read next time.
    guard let manifest = try? run.folder.manifest() else { return }
    let job = job(of: run, identity, manifest)
    let worker = launch.worker(manifest.lastJob).map { number in
      ["worker \(number)", state(number)].compactMap(\.self).joined(separator: " ")
    }
    show([manifest.lastHost, worker].compactMap(\.self).joined(separator: ", "), of: identity)
    guard let history = try? run.folder.history(epochs: manifest.epochsPlanned) else { return }
    for record in history.records where record.epoch > followed[identity]?.epochs ?? 0 {
      followed[identity]?.epochs = record.epoch
      observe(.reported(job, .epoch(record)))
    }
  }

  /// Shows where a run that is followed has come to.
  func show(_ place: String, of identity: RunRequest.Identity) {
    guard let run = followed[identity], run.place != place else { return }
    followed[identity]?.place = place
    observe(.reported(run.job, .place(place)))
  }

  /// Ends what a worker of the launch did for a request, which `run` answers. Returns its outcome; nil if the run's folder
  /// has gone just now.
  func end(_ run: RunRecord, _ identity: RunRequest.Identity) -> Runner.Outcome? {
    guard let manifest = try? run.folder.manifest() else { return nil }
    let job = job(of: run, identity, manifest)
    followed[identity] = nil
    let outcome = Runner.Outcome(of: job, manifest.exitCode.map { .exit(code: $0) } ?? .unseen)
    outcomes.append((identity, outcome))
    observe(.ended(job, outcome))
    return outcome
  }

  /// Leaves a request to others.
  func leave(_ identity: RunRequest.Identity) {
    if let run = followed.removeValue(forKey: identity) { observe(.left(run.job)) }
  }

  /// The job of `run`, which begins if it is not followed yet.
  private func job(
    of run: RunRecord, _ identity: RunRequest.Identity, _ manifest: Manifest
  ) -> Job {
    if let job = followed[identity]?.job, job.folder == run.folder { return job }
    leave(identity)
    if launch.hasWorker(manifest.lastJob) { processors.insert(manifest.lastProcessor) }
    let job = Job(id: jobCount, folder: run.folder, manifest)
    jobCount += 1
    followed[identity] = Followed(job: job)
    observe(.began(job))
    return job
  }
}
