import Specs

/// What a layer's kernel starts from and is pulled to.
package struct KernelFields: FieldGroup {
  @Field("How the kernel is drawn before training.")
  package var kernelInitializer = OneOf<InitializerCatalog>(GlorotUniform())
  @Field("Term of the loss that keeps the kernel small.")
  package var kernelRegularizer: OneOf<RegularizerCatalog>?

  package init() {}

  var settings: ParameterSettings { ParameterSettings(kernelInitializer, kernelRegularizer) }
}
