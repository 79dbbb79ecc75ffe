import Plans

/// A run that somebody wants: a spec from a seed.
package struct RunRequest: Sendable {
  package let plan: ExperimentPlan
  package let seed: Int

  package init(_ plan: ExperimentPlan, seed: Int) { (self.plan, self.seed) = (plan, seed) }

  /// What two requests have in common if one run answers both: the spec's hash and the seed, whatever the experiments'
  /// names are.
  package struct Identity: Hashable, Sendable {
    let specHash: String
    let seed: Int
  }

  package var identity: Identity { Identity(specHash: plan.specHash, seed: seed) }
}
