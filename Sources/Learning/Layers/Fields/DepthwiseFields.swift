import Specs

/// What a kernel that works on each channel alone starts from and is pulled to.
public struct DepthwiseFields: FieldGroup {
  @Field("How the kernel of each channel is drawn before training.")
  public var depthwiseInitializer = OneOf<InitializerCatalog>(GlorotUniform())
  @Field("Term of the loss that keeps the kernel of each channel small.")
  public var depthwiseRegularizer: OneOf<RegularizerCatalog>?

  public init() {}

  var settings: ParameterSettings { ParameterSettings(depthwiseInitializer, depthwiseRegularizer) }
}
