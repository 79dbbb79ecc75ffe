import Specs

/// The fields of a layer's kernel: its start, its regularizer and its constraint.
package struct KernelFields: FieldGroup {
  @Field("How the kernel is drawn before training.")
  package var kernelInitializer = OneOf<InitializerCatalog>(GlorotUniform())
  @Field("Term of the loss that keeps the kernel small.")
  package var kernelRegularizer: OneOf<RegularizerCatalog>?
  @Field("What the kernel is brought back to after each step of the optimizer.")
  package var kernelConstraint: OneOf<ConstraintCatalog>?

  package init() {}

  var settings: ParameterSettings {
    ParameterSettings(kernelInitializer, kernelRegularizer, kernelConstraint)
  }
}
