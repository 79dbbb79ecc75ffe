import Specs

/// The fields of a kernel that works on each channel alone: its start and its regularizer.
package struct DepthwiseFields: FieldGroup {
  @Field("How the kernel of each channel is drawn before training.")
  package var depthwiseInitializer = OneOf<InitializerCatalog>(GlorotUniform())
  @Field("Term of the loss that keeps the kernel of each channel small.")
  package var depthwiseRegularizer: OneOf<RegularizerCatalog>?

  package init() {}

  var settings: ParameterSettings { ParameterSettings(depthwiseInitializer, depthwiseRegularizer) }
}
