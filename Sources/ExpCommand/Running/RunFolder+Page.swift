import Reports
import Runs

extension RunFolder {
  /// Writes the run's page into its folder. The run is complete without it.
  func writePage() throws {
    try write(ReportPage(Comparison(RunCatalog(paths: [path]))).html, to: .page)
  }

  /// Whether the process of the run, which is complete, was killed before it had tidied up.
  var isUntidy: Bool { hasState || !contains(.page) }

  /// Does what the process of the run, which is complete, has left to do; nothing if it is still at it.
  func tidy() throws {
    guard let lock = try lock() else { return }
    try removeTemporaryFiles()
    try removeState()
    if !contains(.page) { try writePage() }
    withExtendedLifetime(lock) {}
  }
}
