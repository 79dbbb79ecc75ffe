/// A run that somebody wants: a spec from a seed.
public struct RunRequest: Sendable {
  public let plan: ExperimentPlan
  public let seed: Int

  public init(_ plan: ExperimentPlan, seed: Int) { (self.plan, self.seed) = (plan, seed) }
}
