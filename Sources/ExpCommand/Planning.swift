import Datasets
import Diagnostics
import OneDNNBackend
import Plans
import Specs

/// Reads specs for commands.
struct Planning {
  private let data: DataOptions
  private let spec: SpecOptions
  private let learningCurve: LearningCurve?

  init(_ data: DataOptions, _ spec: SpecOptions, learningCurve: LearningCurve? = nil) {
    self.data = data
    self.spec = spec
    self.learningCurve = learningCurve
  }

  /// What a file declares.
  enum Declaration {
    /// Experiments: several if a sweep asks for them.
    case experiments([ExperimentPlan])
    /// Images to score networks on, and nothing else: what 'exp evaluate --data' takes.
    case data(DataSpec)
  }

  /// The plans of each of `files`, in order: several if a sweep asks for them. Warnings are printed.
  ///
  /// Throws the `Diagnostics` of all files together, so that every mistake is seen at once, or a `DatasetError`.
  func readAll(_ files: [String]) throws -> [[ExperimentPlan]] {
    try readAll(files, from: nil).plans
  }

  /// Likewise, with all files that were read; those in `snapshot` as they were then.
  func readAll(
    _ files: [String], from snapshot: SpecSnapshot?
  ) throws -> (plans: [[ExperimentPlan]], sources: [SourceFile]) {
    var sources: [SourceFile] = []
    let plans = try read(files) { reader, path, diagnostics -> [ExperimentPlan]? in
      guard let file = SpecFile.read(path, mayBePipe: true, from: snapshot, &diagnostics) else {
        return nil
      }
      sources += file.sources
      guard isFree(file, for: learningCurve, &diagnostics) else { return nil }
      return try reader.plans(of: file, &diagnostics)
    }
    return (plans, sources)
  }

  /// False if `file`, or '--set', says what `learningCurve` would replace, which is then reported.
  private func isFree(
    _ file: SpecFile, for learningCurve: LearningCurve?, _ diagnostics: inout Diagnostics
  ) -> Bool {
    guard let learningCurve else { return true }
    // Mistakes in the settings themselves are reported once, with the plans.
    var unreported = Diagnostics()
    let settings = Overrides(spec.settings, &unreported)
    return learningCurve.validate(
      file.setting(settings, PlanReader.resolver, &unreported), &diagnostics)
  }

  /// What each of `files` declares, likewise.
  func declarations(of files: [String]) throws -> [Declaration] {
    try read(files) { reader, path, diagnostics in
      guard let file = SpecFile.read(path, mayBePipe: true, &diagnostics) else { return nil }
      guard reader.isDataAlone(file) else {
        return .experiments(try reader.plans(of: file, &diagnostics))
      }
      return reader.data(of: file, &diagnostics).map(Declaration.data)
    }
  }

  private func read<Result>(
    _ files: [String],
    _ read: (PlanReader, String, inout Diagnostics) throws -> Result?
  ) throws -> [Result] {
    var diagnostics = Diagnostics()
    var overrides = Overrides(spec.settings, &diagnostics)
    if let learningCurve { overrides.append(learningCurve.overrides(&diagnostics)) }
    let reader = PlanReader(
      data.locations, overrides: overrides, support: OneDNNLibrary.support)
    var results: [Result] = []
    var dataError: DatasetError?
    for file in files {
      do {
        if let result = try read(reader, file, &diagnostics) { results.append(result) }
      } catch let error as DatasetError {
        dataError = dataError ?? error
      }
    }
    if diagnostics.hasErrors { throw diagnostics }
    if let dataError { throw dataError }
    if !diagnostics.all.isEmpty { Console.report(diagnostics) }
    return results
  }
}
