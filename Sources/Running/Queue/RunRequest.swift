import Datasets
import Plans

/// A run that somebody wants: a spec from a seed.
package struct RunRequest: Sendable {
  package let plan: ExperimentPlan
  package let seed: Int

  package init(_ plan: ExperimentPlan, seed: Int) { (self.plan, self.seed) = (plan, seed) }

  /// The experiment and the seed: one run answers all requests with the same, whatever their experiments' names are.
  package struct Identity: Hashable, Sendable {
    let specHash: String
    let seed: Int
  }

  /// The identity where the plan's data is as `data` says.
  package func identity(_ data: DataDigest) -> Identity {
    Identity(specHash: plan.specHash(data), seed: seed)
  }
}
