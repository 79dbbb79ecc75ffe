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

  /// The addresses of files and folders. Wherever the same files lie, it is the same experiment.
  package var places: Set<String> {
    Set(spec.data.dataset.value.pathKeys.map { "data.dataset.\($0)" } + ["model.weights.file"])
  }

  /// The values in force in the run from `seed`.
  package func values(seed: Int) -> RunValues {
    let ofRun = places.union(ExperimentSpec.sectionsOfRun + [Self.fold])
    let (experiment, run) = resolved(seed: seed).tree.withItemNames.divided(by: ofRun)
    return RunValues(experiment: experiment ?? .map([]), run: run ?? .map([]))
  }

  /// The address of the fold of a run.
  private static let fold = "data.folds.only"

  /// The origins of the values in force in the run from `seed`, but for those that have their default, unless that holds
  /// in place of an inherited value.
  /// Seeds and folds are the command's affair as much as the spec's.
  package func origins(seed: Int) -> [ValueOrigin] {
    let values = resolved(seed: seed).tree.withItemNames
    let set = tree.removing("seeds").origins(of: values).filter { $0.address != Self.fold }
    let addresses = Set(set.map(\.address))
    // The last one that took a value away counts, if none sets it again.
    var removed: [String: ValueOrigin] = [:]
    for origin in self.removed.map(\.origin)
    where !addresses.contains(origin.address) && values[path: origin.address] != nil {
      removed[origin.address] = origin
    }
    return set + removed.values.sorted { $0.address < $1.address }
  }

  private func resolved(seed: Int) -> ExperimentSpec {
    var spec = spec
    spec.seeds = [seed]
    return spec
  }
}

extension PlainValue {
  /// This tree without the values at `addresses`, and with these alone; nil where nothing is left.
  fileprivate func divided(
    by addresses: Set<String>, at address: String = ""
  ) -> (others: PlainValue?, chosen: PlainValue?) {
    if addresses.contains(address) { return (nil, self) }
    guard case .map(let entries) = self,
      address.isEmpty || addresses.contains(where: { $0.hasPrefix(address + ".") })
    else { return (self, nil) }
    let parts = entries.map { key, value in
      (key, value.divided(by: addresses, at: address.isEmpty ? key : "\(address).\(key)"))
    }
    let others = parts.compactMap { key, part in part.others.map { (key: key, value: $0) } }
    let chosen = parts.compactMap { key, part in part.chosen.map { (key: key, value: $0) } }
    return (others.isEmpty ? nil : .map(others), chosen.isEmpty ? nil : .map(chosen))
  }
}
