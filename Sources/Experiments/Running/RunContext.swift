import Runs

/// What the runs of one command have in common, for the record.
public struct RunContext: Sendable {
  /// The command's arguments, the program's name first.
  public let command: [String]
  /// When the command started: the first part of each run folder's name.
  public let started: Timestamp
  /// Folder of all runs.
  public let outputDirectory: String
  public let machine: Machine
  public let expVersion: String
  /// Commit of the folder that the command was given in, if it is a Git repository.
  public let gitCommit: String?

  public init(
    command: [String], started: Timestamp, outputDirectory: String, machine: Machine,
    expVersion: String, gitCommit: String?
  ) {
    self.command = command
    self.started = started
    self.outputDirectory = outputDirectory
    self.machine = machine
    self.expVersion = expVersion
    self.gitCommit = gitCommit
  }
}
