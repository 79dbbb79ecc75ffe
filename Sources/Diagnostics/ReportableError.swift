/// An error with all that is needed to report it: a text for a person, and the status with which a command ends.
package protocol ReportableError: Error {
  /// The status with which a command ends that cannot go on.
  var exitStatus: ExitStatus { get }
  /// The whole text, with what leads out of it, perhaps in colors of a terminal.
  func rendered(color: Bool) -> String
}

extension ReportableError where Self: CustomStringConvertible {
  /// `error: ` and the description.
  package func rendered(color: Bool) -> String { "error: \(self)" }
}

extension Diagnostic: ReportableError {
  package var exitStatus: ExitStatus { identifier.exitStatus }
}

extension Diagnostics: ReportableError {
  /// That of wrong usage or of missing input, if there is any; else that of an invalid spec.
  package var exitStatus: ExitStatus {
    let all = all.map(\.exitStatus)
    return [.usage, .inputMissing].first(where: all.contains) ?? .invalidSpec
  }
}
