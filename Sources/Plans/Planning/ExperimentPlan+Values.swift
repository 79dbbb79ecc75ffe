import Documents
import Records
import Specs

extension ExperimentPlan {
  /// The resolved spec of the run from `seed`, as YAML.
  package func resolvedText(seed: Int) -> String {
    YAML.emit(
      resolved(seed: seed).tree.withoutReferences,
      comment: "Every value in force. 'exp run' with this file repeats the run.")
  }

  /// The values in force in the run from `seed`.
  package func values(seed: Int) -> RunValues {
    let sections = resolved(seed: seed).tree.withItemNames.entries
    func map(_ isIncluded: (String) -> Bool) -> PlainValue {
      .map(sections.filter { isIncluded($0.key) })
    }
    let ofRun = Set(ExperimentSpec.sectionsOfRun)
    return RunValues(experiment: map { !ofRun.contains($0) }, run: map(ofRun.contains))
  }

  /// The origins of the values in force in the run from `seed`, but for those that have their default.
  /// Seeds are the command's affair as much as the spec's.
  package func origins(seed: Int) -> [ValueOrigin] {
    tree.removing("seeds").origins(of: resolved(seed: seed).tree.withItemNames)
  }

  private func resolved(seed: Int) -> ExperimentSpec {
    var spec = spec
    spec.seeds = [seed]
    return spec
  }
}
