import Datasets
import Plans

/// A request for a run: a spec and a seed.
package struct RunRequest: Sendable {
  package let plan: ExperimentPlan
  package let seed: Int

  package init(_ plan: ExperimentPlan, seed: Int) {
    self.plan = plan
    self.seed = seed
  }

  /// The experiment and the seed. One run answers all requests with the same identity, whatever their experiments'
  /// names.
  package struct Identity: Hashable, Sendable {
    package let specHash: String
    let seed: Int
  }

  /// The identity of the request with the data `data`.
  package func identity(_ data: DataDigest) -> Identity {
    Identity(specHash: plan.specHash(data), seed: seed)
  }
}
