public import Specs

/// What every step has that moves pixels.
public struct SamplingFields: FieldGroup {
  @Field("What is seen beyond the edges.") public var fillMode: FillMode = .constant
  @Field("What is seen between pixels.") public var interpolation: Interpolation = .bilinear

  public init() {}

  var sampling: Sampling { Sampling(fillMode, interpolation) }
}
