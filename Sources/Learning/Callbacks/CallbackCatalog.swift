import Specs

/// Every callback that a spec may name.
public enum CallbackCatalog: Catalog {
  public typealias Member = any CallbackSpec
  public static let noun = "callback"
  public static let all: [any Spec.Type] = [
    EarlyStopping.self, ModelCheckpoint.self, ReduceLROnPlateau.self,
    ExponentialMovingAverage.self, StochasticWeightAveraging.self, TargetReached.self,
    TimeLimit.self, TerminateOnNaN.self,
  ]
}
