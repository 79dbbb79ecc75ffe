extension Diagnostic {
  /// The kind of a mistake. Each target adds its own, in a file of this name.
  ///
  /// A test looks for a spec that has the mistake, and for what is said of it.
  package struct Identifier: Hashable, Sendable {
    /// The name of the constant that it stands in.
    package let name: String
    /// The status with which a command ends that finds such a mistake.
    package let exitStatus: ExitStatus

    package init(_ name: String, exitStatus: ExitStatus = .invalidSpec) {
      self.name = name
      self.exitStatus = exitStatus
    }

    /// A command line that makes no sense.
    package static let usage = Self("usage", exitStatus: .usage)
  }
}
