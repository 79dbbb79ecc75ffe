import Datasets
import Plans
import Records

/// A request for a run: a spec, of whose folds one at most is to run, and a seed.
package struct RunRequest: Sendable {
  package let plan: ExperimentPlan
  package let seed: Int

  /// The request for the run of `plan` from `seed`.
  ///
  /// - Precondition: of folds, the plan has one to run.
  package init(_ plan: ExperimentPlan, seed: Int) {
    precondition(plan.spec.data.folds == nil || plan.fold != nil, "a run is of one fold")
    self.plan = plan
    self.seed = seed
  }

  /// The requests for all runs of `plan`: seed by seed, with these `seeds` and `folds` instead of its own where given.
  package static func all(
    of plan: ExperimentPlan, seeds: [Int]? = nil, folds: [Int]? = nil
  ) -> [RunRequest] {
    let plans = plan.folds(folds)
    return (seeds ?? plan.spec.seeds.seeds).flatMap { seed in
      plans.map { RunRequest($0, seed: seed) }
    }
  }

  /// The seed, and the fold if there are any.
  package var repetition: Repetition { Repetition(seed: seed, fold: plan.fold) }

  /// The experiment and the repetition of it. One run answers all requests with the same identity, whatever their experiments'
  /// names.
  package struct Identity: Hashable, Sendable {
    package let specHash: String
    let repetition: Repetition
  }

  /// The identity of the request with the data `data`.
  package func identity(_ data: DataDigest) -> Identity {
    Identity(specHash: plan.specHash(data), repetition: repetition)
  }
}
