import Specs

/// The fields of every step that moves pixels.
package struct SamplingFields: FieldGroup {
  @Field("What is seen beyond the edges.") package var fillMode: FillMode = .constant
  @Field("How pixel values between pixels are computed.") package var interpolation: Interpolation =
    .bilinear

  package init() {}

  var sampling: Sampling { Sampling(fillMode, interpolation) }
}
