import Reports
import Runs

extension RunFolder {
  /// Writes the run's page into its folder. The run is complete without it.
  func writePage() throws {
    try write(ReportPage(Comparison(RunCatalog(paths: [path]))).html, to: .page)
  }
}
