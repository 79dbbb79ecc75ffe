import Records
import Reports

extension RunFolder {
  /// Writes the run's page into its folder. Returns the error if that fails, since the run is complete without it.
  func writePageOrTellWhyNot() -> MissingPage? {
    do {
      try write(ReportPage(Comparison(RunCatalog(paths: [path]))).html, to: .page)
      return nil
    } catch {
      return MissingPage(reason: error)
    }
  }

  /// True if the process of the complete run was killed before it had tidied up.
  var isUntidy: Bool { hasState || !contains(.page) }

  /// Finishes the work of the complete run's killed process; does nothing if the process still exists.
  func tidy() throws {
    let folder = try keptOpen()
    guard let lease = try folder.takeLease() else { return }
    try folder.removeTemporaryFiles()
    if !folder.contains(.page), let error = folder.writePageOrTellWhyNot() { throw error }
    try folder.removeState()
    withExtendedLifetime(lease) {}
  }
}

/// The error that a run has no page.
struct MissingPage: Error, CustomStringConvertible {
  let reason: any Error

  var description: String { "the run has no report: \(reason)" }
}
