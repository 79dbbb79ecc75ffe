import Files
import Records

/// The properties that the runs of one command share, for the record.
package struct RunContext: Sendable {
  /// The command's arguments, the program's name first.
  package let command: [String]
  /// The time at which the command started: the first part of each run folder's name.
  package let started: Timestamp
  /// Folder of all runs.
  package internal(set) var outputDirectory: String
  package let machine: Machine
  /// True if runs that stopped on another kind of processor go on on this one.
  package let takesAnyProcessor: Bool
  package let expVersion: String
  /// The toolchain that built this `exp`.
  package let toolchain: String?
  /// Commit of the folder that the command was given in, if it is a Git repository.
  package let gitCommit: String?
  /// The uncommitted changes there; nil if they are unknown.
  package let gitChanges: GitChanges?
  /// The user's name for the runs.
  package let tag: String?
  /// The user's note on them.
  package let note: String?

  package init(
    command: [String], started: Timestamp, outputDirectory: String, machine: Machine,
    takesAnyProcessor: Bool = false, expVersion: String, toolchain: String? = nil,
    gitCommit: String?,
    gitChanges: GitChanges? = nil, tag: String? = nil, note: String? = nil
  ) {
    self.command = command
    self.started = started
    self.outputDirectory = outputDirectory
    self.machine = machine
    self.takesAnyProcessor = takesAnyProcessor
    self.expVersion = expVersion
    self.toolchain = toolchain
    self.gitCommit = gitCommit
    self.gitChanges = gitChanges
    self.tag = tag
    self.note = note
  }
}
