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
  func readAll(_ files: [String]) throws -> [[ExperimentPlan]] { try read(files).plans }

  /// Likewise, with all files that were read; those in `snapshot` as they were then.
  func read(
    _ files: [String], from snapshot: SpecSnapshot? = nil
  ) throws -> (plans: [[ExperimentPlan]], sources: [SourceFile]) {
    var diagnostics = Diagnostics()
    let overrides = Overrides(spec.settings, &diagnostics)
    let reader = PlanReader(
      data.locations, overrides: overrides, support: OneDNNLibrary.support)
    var plans: [[ExperimentPlan]] = []
    var sources: [SourceFile] = []
    var dataError: DatasetError?
    for file in files {
      let spec = SpecFile.read(file, mayBePipe: true, from: snapshot, &diagnostics)
      sources += spec?.sources ?? []
      do {
        plans.append(try spec.map { try reader.plans(of: $0, &diagnostics) } ?? [])
      } catch let error as DatasetError {
        dataError = dataError ?? error
      }
    }
    if diagnostics.hasErrors { throw diagnostics }
    if let dataError { throw dataError }
    if !diagnostics.all.isEmpty { Console.error(diagnostics.rendered(color: Console.hasColor)) }
    return (plans, sources)
  }
}
