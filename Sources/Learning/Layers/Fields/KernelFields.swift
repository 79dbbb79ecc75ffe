import Specs

/// What a layer's kernel starts from and is pulled to.
public struct KernelFields: FieldGroup {
  @Field("How the kernel is drawn before training.")
  public var kernelInitializer = OneOf<InitializerCatalog>(GlorotUniform())
  @Field("Term of the loss that keeps the kernel small.")
  public var kernelRegularizer: OneOf<RegularizerCatalog>?

  public init() {}

  var settings: ParameterSettings { ParameterSettings(kernelInitializer, kernelRegularizer) }
}
