import Specs

/// Every callback that a spec may name.
package enum CallbackCatalog: Catalog {
  package typealias Member = any CallbackSpec
  package static let noun = "callback"
  package static let all: [any Spec.Type] = [
    EarlyStopping.self, ModelCheckpoint.self, ReduceLROnPlateau.self,
    ExponentialMovingAverage.self, StochasticWeightAveraging.self, TargetReached.self,
    TimeLimit.self, TerminateOnNaN.self,
  ]
}
