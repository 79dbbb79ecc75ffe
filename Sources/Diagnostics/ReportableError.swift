/// An error with all that is needed to report it: a text for a person, and the status with which a command ends.
package protocol ReportableError: Error {
  /// The status with which the error ends a command.
  var exitStatus: ExitStatus { get }
  /// The whole text, with what leads out of it, perhaps in colors of a terminal of `width` columns.
  func rendered(color: Bool, width: Int?) -> String
}

extension ReportableError where Self: CustomStringConvertible {
  /// `error: ` and the description.
  package func rendered(color: Bool, width: Int?) -> String { "error: \(self)" }
}

extension Diagnostic: ReportableError {
  package var exitStatus: ExitStatus { identifier.exitStatus }
}

extension Diagnostics: ReportableError {
  /// That of wrong usage, if there is any; else any but that of an invalid spec, which says the least.
  package var exitStatus: ExitStatus {
    let statuses = all.map(\.exitStatus)
    return statuses.first { $0 == .usage } ?? statuses.first { $0 != .invalidSpec } ?? .invalidSpec
  }
}
