/// A run that somebody wants: a spec from a seed.
public struct RunRequest: Sendable {
  public let plan: ExperimentPlan
  public let seed: Int

  public init(_ plan: ExperimentPlan, seed: Int) { (self.plan, self.seed) = (plan, seed) }

  /// What two requests have in common if one run answers both: the spec's hash and the seed, whatever the experiments'
  /// names are.
  public struct Identity: Hashable, Sendable {
    let specHash: String
    let seed: Int
  }

  public var identity: Identity { Identity(specHash: plan.specHash, seed: seed) }
}
