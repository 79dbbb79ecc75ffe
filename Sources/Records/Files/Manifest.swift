import Diagnostics
import Files

/// What run.json says: what was run, how, where, and how it ended.
package struct Manifest: Codable, Hashable, Sendable {
  /// How to read the files of the run. It comes first, so that a newer one is noticed before all else.
  package let format: ManifestFormat
  /// How far the run has come, as it says itself; see `RunRecord.status`.
  package var status: RunStatus
  /// The experiment's name.
  package let name: String
  /// What the spec says about itself.
  package let description: String?
  /// Which combination of a sweep's values the run is of, in words; nil if it is of no sweep.
  package let variant: String?
  /// What the user calls the run and others that belong together.
  package let tag: String?
  /// What the user says about the run.
  package let note: String?
  /// Decides every random number of the run.
  package let seed: Int
  /// SHA-256 of what makes two runs the same experiment, in hexadecimal.
  package let specHash: String
  /// The program's arguments, its own name first.
  package let command: [String]
  /// When the run began.
  package let started: Timestamp
  /// nil while the run goes on.
  package var ended: Timestamp?
  /// With what `exp run` of this run alone ends, an `ExitStatus`; nil while the run goes on.
  package var exitCode: Int32?
  /// Why it failed, diverged or was interrupted.
  package var failure: Failure?
  /// Each time that somebody went on with it.
  package var resumptions: [Resumption] = []
  /// Epochs that the spec asks for.
  package let epochsPlanned: Int
  /// The images.
  package let data: DataSummary
  /// From the input row on.
  package let layers: [LayerRow]
  /// Trainable numbers in all.
  package let parameterCount: Int
  /// Images per lane of a batch.
  package let laneSize: Int
  /// Which kernel each operation got, a line each.
  package var kernelChoices: [String]
  /// Where the run takes place.
  package internal(set) var machine: Machine
  /// Version of `exp`.
  package let expVersion: String
  /// What built it: `Swift 6.3, Clang 21.0.0 (…), release`.
  package let toolchain: String?
  /// Commit of the folder that the command was given in, if it is a Git repository.
  package let gitCommit: String?
  /// Whether tracked files differed from that commit: git.diff says how. Nil where it could not be told.
  package let gitDirty: Bool?
  /// True if git.diff ends early.
  package let gitDiffCut: Bool?

  enum CodingKeys: String, CodingKey {
    case format, status, name, description, variant, tag, note, seed
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
    name: String, description: String?, variant: String? = nil, tag: String? = nil,
    note: String? = nil, seed: Int, specHash: String, command: [String],
    started: Timestamp = .now, epochsPlanned: Int, data: DataSummary, layers: [LayerRow],
    parameterCount: Int, laneSize: Int, kernelChoices: [String] = [], machine: Machine,
    expVersion: String, toolchain: String? = nil, gitCommit: String?, gitChanges: GitChanges? = nil
  ) {
    format = .current
    status = .running
    self.name = name
    self.description = description
    self.variant = variant
    self.tag = tag
    self.note = note
    self.seed = seed
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

  /// Notes that the run is over, now.
  package mutating func end(_ status: RunStatus, _ exit: ExitStatus, failure: Failure? = nil) {
    self.status = status
    exitCode = exit.rawValue
    self.failure = failure
    ended = .now
  }

  /// Notes that the run goes on, from where it saved its state.
  package mutating func resume(_ resumption: Resumption) {
    (status, failure, ended, exitCode) = (.running, nil, nil, nil)
    resumptions.append(resumption)
  }

  /// Notes that the process that began the run, or went on with it, left it to one on `machine`.
  package mutating func handOver(to machine: Machine) {
    guard let last = resumptions.popLast() else {
      self.machine = machine
      return
    }
    resumptions.append(
      Resumption(
        started: last.started, command: last.command, host: machine.host, pid: machine.pid,
        threads: machine.threads, epoch: last.epoch, step: last.step))
  }
}
