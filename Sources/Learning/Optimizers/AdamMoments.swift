import Specs

/// The fields that Adam and its relatives have in common.
package struct AdamMoments: FieldGroup {
  @Field("Decay of the mean of the gradient, per step.", key: "beta_1", .range(0..<1))
  package var beta1 = 0.9
  @Field("Decay of the mean of its square, per step.", key: "beta_2", .range(0..<1))
  package var beta2 = 0.999
  @Field("Added to the root, against division by zero.", .atLeast(1e-12))
  package var epsilon = 1e-7

  package init() {}
}
