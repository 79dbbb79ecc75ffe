import Records
import Reports

extension RunFolder {
  /// Writes the run's page into its folder. The run is complete without it: what kept it from being is returned.
  func writePageOrTellWhyNot() -> MissingPage? {
    do {
      try write(ReportPage(Comparison(RunCatalog(paths: [path]))).html, to: .page)
      return nil
    } catch {
      return MissingPage(reason: error)
    }
  }

  /// True if the process of the run, which is complete, was killed before it had tidied up.
  var isUntidy: Bool { hasState || !contains(.page) }

  /// Does what the process of the run, which is complete, has left to do; nothing if it is still at it.
  func tidy() throws {
    guard let lock = try lock() else { return }
    try removeTemporaryFiles()
    if !contains(.page), let error = writePageOrTellWhyNot() { throw error }
    try removeState()
    withExtendedLifetime(lock) {}
  }
}

/// A run has no page.
struct MissingPage: Error, CustomStringConvertible {
  let reason: any Error

  var description: String { "the run has no report: \(reason)" }
}
