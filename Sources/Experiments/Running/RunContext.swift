import Runs

/// What the runs of one command have in common, for the record.
public struct RunContext: Sendable {
  /// The command's arguments, the program's name first.
  public let command: [String]
  /// When the command started: the first part of each run folder's name.
  public let started: Timestamp
  /// Folder of all runs.
  public internal(set) var outputDirectory: String
  public let machine: Machine
  public let expVersion: String
  /// What built this `exp`.
  public let toolchain: String?
  /// Commit of the folder that the command was given in, if it is a Git repository.
  public let gitCommit: String?
  /// What was not committed there; nil where it cannot be told.
  public let gitChanges: GitChanges?
  /// What the user calls the runs.
  public let tag: String?
  /// What the user says about them.
  public let note: String?

  public init(
    command: [String], started: Timestamp, outputDirectory: String, machine: Machine,
    expVersion: String, toolchain: String? = nil, gitCommit: String?,
    gitChanges: GitChanges? = nil, tag: String? = nil, note: String? = nil
  ) {
    self.command = command
    self.started = started
    self.outputDirectory = outputDirectory
    self.machine = machine
    self.expVersion = expVersion
    self.toolchain = toolchain
    self.gitCommit = gitCommit
    self.gitChanges = gitChanges
    (self.tag, self.note) = (tag, note)
  }
}
