import Specs

/// The fields of a layer's bias: its use, its start, its regularizer and its constraint.
package struct BiasFields: FieldGroup {
  @Field("Whether a learned number is added to each output, or output channel.")
  package var useBias = true
  @Field("How the bias is drawn before training.")
  package var biasInitializer = OneOf<InitializerCatalog>(Zeros())
  @Field("Term of the loss that keeps the bias small.")
  package var biasRegularizer: OneOf<RegularizerCatalog>?
  @Field("What the bias is brought back to after each step of the optimizer.")
  package var biasConstraint: OneOf<ConstraintCatalog>?

  package init() {}

  var settings: ParameterSettings {
    ParameterSettings(biasInitializer, biasRegularizer, biasConstraint)
  }
}
