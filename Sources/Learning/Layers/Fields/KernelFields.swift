import Specs

/// The fields of a layer's kernel: its start and its regularizer.
package struct KernelFields: FieldGroup {
  @Field("How the kernel is drawn before training.")
  package var kernelInitializer = OneOf<InitializerCatalog>(GlorotUniform())
  @Field("Term of the loss that keeps the kernel small.")
  package var kernelRegularizer: OneOf<RegularizerCatalog>?

  package init() {}

  var settings: ParameterSettings { ParameterSettings(kernelInitializer, kernelRegularizer) }
}
