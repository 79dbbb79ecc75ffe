import Datasets
import Diagnostics
import OneDNNBackend
import Plans
import Specs

/// Reads specs for commands.
struct Planning {
  private let data: DataOptions
  private let spec: SpecOptions

  init(_ data: DataOptions, _ spec: SpecOptions) {
    self.data = data
    self.spec = spec
  }

  /// The plans of each of `files`, in order: several if a sweep asks for them. Warnings are printed.
  ///
  /// Throws the `Diagnostics` of all files together, so that every mistake is seen at once, or a `DatasetError`.
  func readAll(_ files: [String]) throws -> [[ExperimentPlan]] {
    var diagnostics = Diagnostics()
    let overrides = Overrides(spec.settings, &diagnostics)
    let reader = PlanReader(
      data.locations, overrides: overrides, support: OneDNNLibrary.support)
    var plans: [[ExperimentPlan]] = []
    var dataError: DatasetError?
    for file in files {
      do {
        plans.append(try reader.read(file, mayBePipe: true, &diagnostics))
      } catch let error as DatasetError {
        dataError = dataError ?? error
      }
    }
    if diagnostics.hasErrors { throw diagnostics }
    if let dataError { throw dataError }
    if !diagnostics.all.isEmpty { Console.error(diagnostics.rendered(color: Console.hasColor)) }
    return plans
  }
}
