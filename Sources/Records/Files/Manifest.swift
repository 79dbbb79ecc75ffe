import Diagnostics
import Files

/// The contents of run.json: a run's experiment, circumstances and end.
package struct Manifest: Codable, Hashable, Sendable {
  /// The format of the run's files. It comes first, so that a newer format is noticed before everything else.
  package let format: ManifestFormat
  /// The status recorded by the run's own process. For the effective status see `RunRecord.status`.
  package var status: RunStatus
  /// The experiment's name.
  package let name: String
  /// The spec's description of itself.
  package let description: String?
  /// The combination of a sweep's values, in words; nil if the run does not belong to a sweep.
  package let variant: String?
  /// The addresses of the values that the sweep varies.
  package let varied: [String]
  /// The user's name for this run and others that belong together.
  package let tag: String?
  /// The user's note on the run.
  package let note: String?
  /// The seed of all random numbers of the run.
  package let seed: Int
  /// The fold that the run holds out; nil if there are no folds.
  package let fold: Fold?
  /// SHA-256 of the properties by which two runs are the same experiment, in hexadecimal.
  package let specHash: String
  /// The program's arguments, its own name first.
  package let command: [String]
  /// The time at which the run began.
  package let started: Timestamp
  /// The time at which the run ended; nil while it is running.
  package var ended: Timestamp?
  /// The `ExitStatus` of an `exp run` of this run alone; nil while it is running.
  package var exitCode: Int32?
  /// The reason why it failed, diverged or was interrupted.
  package var failure: Failure?
  /// The processes that resumed it, in order.
  package var resumptions: [Resumption] = []
  /// Epochs that the spec asks for.
  package let epochsPlanned: Int
  /// The images.
  package let data: DataSummary
  /// The layers, from the input on.
  package let layers: [LayerRow]
  /// Trainable numbers in all.
  package let parameterCount: Int
  /// Images per lane of a batch.
  package let laneSize: Int
  /// The kernel chosen for each operation, a line each.
  package var kernelChoices: [String]
  /// The machine on which the run takes place.
  package internal(set) var machine: Machine
  /// Version of `exp`.
  package let expVersion: String
  /// The toolchain that built it: `Swift 6.3, Clang 21.0.0 (…), release`.
  package let toolchain: String?
  /// Commit of the folder that the command was given in, if it is a Git repository.
  package let gitCommit: String?
  /// True if tracked files differed from that commit, as shown in git.diff; nil if that is unknown.
  package let gitDirty: Bool?
  /// True if git.diff ends early.
  package let gitDiffCut: Bool?

  enum CodingKeys: String, CodingKey {
    case format, status, name, description, variant, varied, tag, note, seed, fold
    case specHash = "spec_hash"
    case command, started, ended
    case exitCode = "exit_code"
    case failure, resumptions
    case epochsPlanned = "epochs_planned"
    case data, layers
    case parameterCount = "parameter_count"
    case laneSize = "lane_size"
    case kernelChoices = "kernel_choices"
    case machine
    case expVersion = "exp_version"
    case toolchain
    case gitCommit = "git_commit"
    case gitDirty = "git_dirty"
    case gitDiffCut = "git_diff_cut"
  }

  /// The manifest of a run that begins now: `running`.
  package init(
    name: String, description: String?, variant: String? = nil, varied: [String] = [],
    tag: String? = nil,
    note: String? = nil, seed: Int, fold: Fold? = nil, specHash: String, command: [String],
    started: Timestamp = .now, epochsPlanned: Int, data: DataSummary, layers: [LayerRow],
    parameterCount: Int, laneSize: Int, kernelChoices: [String] = [], machine: Machine,
    expVersion: String, toolchain: String? = nil, gitCommit: String?, gitChanges: GitChanges? = nil
  ) {
    format = .current
    status = .running
    self.name = name
    self.description = description
    self.variant = variant
    self.varied = varied
    self.tag = tag
    self.note = note
    self.seed = seed
    self.fold = fold
    self.specHash = specHash
    self.command = command
    self.started = started
    self.epochsPlanned = epochsPlanned
    self.data = data
    self.layers = layers
    self.parameterCount = parameterCount
    self.laneSize = laneSize
    self.kernelChoices = kernelChoices
    self.machine = machine
    self.expVersion = expVersion
    self.toolchain = toolchain
    self.gitCommit = gitCommit
    gitDirty = gitChanges.map { !$0.diff.isEmpty }
    gitDiffCut = gitChanges?.isCut == true ? true : nil
  }

  /// Records that the run ends now.
  package mutating func end(_ status: RunStatus, _ exit: ExitStatus, failure: Failure? = nil) {
    self.status = status
    exitCode = exit.rawValue
    self.failure = failure
    ended = .now
  }

  /// Records that the run resumes from its saved state.
  package mutating func resume(_ resumption: Resumption) {
    (status, failure, ended, exitCode) = (.running, nil, nil, nil)
    resumptions.append(resumption)
  }

  /// Records that the process that began or resumed the run handed it over to one on `machine`.
  package mutating func handOver(to machine: Machine) {
    guard let last = resumptions.popLast() else {
      self.machine = machine
      return
    }
    resumptions.append(
      Resumption(
        started: last.started, command: last.command, host: machine.host, pid: machine.pid,
        threads: machine.threads, processor: last.processor, job: machine.job,
        continued: last.continued, epoch: last.epoch, step: last.step))
  }
}
