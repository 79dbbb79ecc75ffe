import Specs

/// Whether a layer has a bias, what it starts from and is pulled to.
public struct BiasFields: FieldGroup {
  @Field("Whether a learned number is added to each output, or output channel.")
  public var useBias = true
  @Field("How the bias is drawn before training.")
  public var biasInitializer = OneOf<InitializerCatalog>(Zeros())
  @Field("Term of the loss that keeps the bias small.")
  public var biasRegularizer: OneOf<RegularizerCatalog>?

  public init() {}

  var settings: ParameterSettings { ParameterSettings(biasInitializer, biasRegularizer) }
}
