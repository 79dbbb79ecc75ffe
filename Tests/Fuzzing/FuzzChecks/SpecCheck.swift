import Datasets
import Diagnostics
import ExperimentExamples
import Plans
import Specs

/// What must hold for whatever a user writes.
package enum SpecCheck {
  /// How many combinations of a sweep are read; each one is a spec again, and costs as much time.
  private static let mostCells = 64
  private static let fileName = "fuzz.yaml"

  /// Checks the spec that `text` is, with what `settings` set in it; tells whether it has a plan.
  ///
  /// Stops the program where there is neither a plan nor an error, or where a plan's resolved spec is another spec.
  package static func check(_ text: String, settings: [String] = []) -> Bool {
    var diagnostics = Diagnostics()
    let overrides = Overrides(settings, &diagnostics)
    let plans = read(text, overrides, &diagnostics)
    _ = diagnostics.rendered(color: true, width: 40)
    guard let plans else { return false }
    precondition(!plans.isEmpty || diagnostics.hasErrors, "no plan, and no error")
    for plan in plans.prefix(2) { checkResolved(plan) }
    return !plans.isEmpty
  }

  /// The plans; nil if there are more than are read. No file is opened.
  private static func read(
    _ text: String, _ overrides: Overrides, _ diagnostics: inout Diagnostics
  ) -> [ExperimentPlan]? {
    let source = SourceFile(path: fileName, text: text)
    var unreported = Diagnostics()
    if let tree = YAML.parse(source, &unreported), tree[SpecFile.extendsKey] != nil { return nil }
    guard let file = SpecFile.read(source, &diagnostics) else { return [] }
    let set = file.setting(overrides, PlanReader.resolver, &unreported)
    let sweep = set.tree["sweep"].flatMap { SweepSpec.decode($0, &unreported) }
    if let sweep, sweep.cellCount > mostCells { return nil }
    let locations = DataLocations()
    let reader = PlanReader(locations, overrides: overrides, readsWeights: false) { dataset in
      // What is known of a user's own files stands in them.
      let hasFiles = !dataset.pathKeys.isEmpty
      return try (hasFiles ? MNIST() : dataset).summarize(in: locations)
    }
    do {
      return try reader.plans(of: file, &diagnostics)
    } catch {
      preconditionFailure("an error that is no diagnostic: \(error)")
    }
  }

  /// Checks that the resolved spec of `plan` is the same spec, and that nothing in it is wrong.
  private static func checkResolved(_ plan: ExperimentPlan) {
    _ = plan.origins(seed: 0)
    _ = plan.memory(threads: 2)
    let text = plan.resolvedText(seed: 0)
    var diagnostics = Diagnostics()
    let again = read(text, .none, &diagnostics) ?? []
    precondition(
      again.map(\.specHash) == [plan.specHash],
      "another spec is read back:\n\(text)\n\(diagnostics.rendered())")
    precondition(again[0].resolvedText(seed: 0) == text, "resolved anew:\n\(text)")
  }
}
