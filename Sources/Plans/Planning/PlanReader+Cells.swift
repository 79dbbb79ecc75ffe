import Diagnostics

extension PlanReader {
  /// `plans` without those of a spec that another has before it, which are reported.
  func unique(
    _ plans: [ExperimentPlan], _ diagnostics: inout Diagnostics
  ) -> [ExperimentPlan] {
    var first: [String: ExperimentPlan] = [:]
    var repeated: [(ExperimentPlan, ExperimentPlan)] = []
    let different = plans.filter { plan in
      if let other = first[plan.nominalHash] {
        repeated.append((plan, other))
        return false
      }
      first[plan.nominalHash] = plan
      return true
    }
    let folds = repeated.first { $0.spec.data.folds?.chosen != $1.spec.data.folds?.chosen }
    if let (plan, other) = folds, let cell = plan.cell, let same = other.cell {
      diagnostics.error(
        .duplicateCell,
        "combination \(cell.number) (\(cell)) is the same experiment as \(same.number) (\(same)), of which it runs other folds",
        at: cell.choices.first?.value.location,
        hint: "leave 'only' out, and an experiment runs all folds; '--fold 0,1' picks some of them")
      return []
    }
    if let (plan, other) = repeated.first, let cell = plan.cell, let same = other.cell {
      let more = repeated.count > 1 ? ", and \(repeated.count - 1) more repeat others" : ""
      diagnostics.warning(
        .duplicateCell,
        "combination \(cell.number) (\(cell)) is the same spec as \(same.number) (\(same)), and runs once\(more)",
        at: cell.choices.first?.value.location)
    }
    return different
  }
}

extension Diagnostics {
  /// Adds the diagnostics of several cells, each once. Those that are not in all cells say in which they are.
  mutating func add(_ found: [Diagnostics], named names: [String]) {
    var counts: [Diagnostic.Identity: Int] = [:]
    for diagnostics in found {
      for diagnostic in diagnostics.all { counts[diagnostic.identity, default: 0] += 1 }
    }
    var failures = 0
    for (diagnostics, name) in zip(found, names) {
      let before = errorCount
      defer { failures += errorCount > before ? 1 : 0 }
      // With a thousand drawn values, a few mistakes are enough to see.
      guard failures < 5 else { break }
      for diagnostic in diagnostics.all {
        let isGeneral = counts[diagnostic.identity] == found.count
        add(
          isGeneral
            ? diagnostic
            : diagnostic.adding(.init("in the sweep's combination \(name)", at: nil)))
      }
    }
  }
}
