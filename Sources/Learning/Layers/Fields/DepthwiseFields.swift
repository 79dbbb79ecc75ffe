import Specs

/// The fields of a kernel that works on each channel alone: its start, its regularizer and its constraint.
package struct DepthwiseFields: FieldGroup {
  @Field("How the kernel of each channel is drawn before training.")
  package var depthwiseInitializer = OneOf<InitializerCatalog>(GlorotUniform())
  @Field("Term of the loss that keeps the kernel of each channel small.")
  package var depthwiseRegularizer: OneOf<RegularizerCatalog>?
  @Field("What the kernel of each channel is brought back to after each step of the optimizer.")
  package var depthwiseConstraint: OneOf<ConstraintCatalog>?

  package init() {}

  var settings: ParameterSettings {
    ParameterSettings(depthwiseInitializer, depthwiseRegularizer, depthwiseConstraint)
  }
}
