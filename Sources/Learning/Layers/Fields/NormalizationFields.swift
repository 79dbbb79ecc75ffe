import Specs
import Tensors

/// The fields of all normalizations.
package struct NormalizationFields: FieldGroup {
  @Field("Added to the variance, so that it is never zero.", .atLeast(1e-12))
  package var epsilon = 0.001
  @Field("Whether a learned 'beta' is added.") package var center = true
  @Field("Whether the result is multiplied with a learned 'gamma'.") package var scale = true
  @Field("How 'beta' is drawn before training.")
  package var betaInitializer = OneOf<InitializerCatalog>(Zeros())
  @Field("How 'gamma' is drawn before training.")
  package var gammaInitializer = OneOf<InitializerCatalog>(Ones())
  @Field("Term of the loss that keeps 'beta' small.")
  package var betaRegularizer: OneOf<RegularizerCatalog>?
  @Field("Term of the loss that keeps 'gamma' small.")
  package var gammaRegularizer: OneOf<RegularizerCatalog>?

  package init() {}

  var normalization: NormalizationSettings {
    NormalizationSettings(epsilon: Float(epsilon), center: center, scale: scale)
  }

  /// By the parameters' names.
  var settings: [String: ParameterSettings] {
    [
      "gamma": ParameterSettings(gammaInitializer, gammaRegularizer),
      "beta": ParameterSettings(betaInitializer, betaRegularizer),
    ]
  }
}
