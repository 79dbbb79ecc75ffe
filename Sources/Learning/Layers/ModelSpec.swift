import Diagnostics
import Documents
import Specs
import Tensors

/// The section `model:`.
package struct ModelSpec: Spec {
  package static let type = "model"
  package static let summary = "The layers, from the images to the class probabilities."

  @Field(
    "The layers; each takes the result of the one before it, unless its 'inputs' say otherwise. "
      + "The model ends in the last.",
    example: "[flatten, {type: dense, units: 10, activation: softmax}]", .nonEmpty,
    .count(1...10_000))
  package var layers: [OneOf<LayerCatalog>]
  @Field(
    "Layers whose parameters training leaves as they are, as 'trainable: false' does: names such as conv2d, or conv2d* "
      + "for all that begin so.")
  package var frozen: [LayerPattern] = []
  @Field(
    "Parameters to start from instead of drawing them: a safetensors file with every parameter of "
      + "the model and no other, or a map that says which layers are taken from it. The layouts are exp's "
      + "or PyTorch's, and a relative path starts at the spec's own folder.")
  package var weights: WeightsFile?
  @Field(
    "How convolutions are computed: by Winograd's algorithm, which multiplies less, or as they are defined. Winograd's takes "
      + "those that suit it, in float32: a 'kernel_size' of 3 with a stride of 1 for more than 2×2 pixels, or, for a "
      + "result of at least 4×4, one of 4 to 6 with strides of 1 or 2, or of 3 with strides of 2; 8 channels or more before "
      + "and after, of which the product is at most 65536, or 16384 for the second kind, and 16 channels and a product of "
      + "512 or more for 3 with strides of 2; and neither 'groups' nor 'dilation_rate'. All others, such as first layers of 1 or 3 channels, are computed alike in both."
  )
  package var convolution = ConvolutionAlgorithm.winograd

  package init() {}

  package static var otherKeys: OtherNames {
    [
      "weights": ["pretrained", "initial_weights"],
      "frozen": ["freeze", "frozen_layers"],
    ]
  }
}

extension ModelSpec {
  /// For each of `layers`, whether training changes its parameters: neither it nor `frozen` says that it does not.
  package var areTrainable: [Bool] {
    let names = ItemNames.names(
      of: layers.map { ($0.common.name, $0.type) }, reserved: ["input"])
    return zip(layers, names).map { layer, name in
      layer.common.trainable && !frozen.contains { $0.matches(name) }
    }
  }
}

extension ConvolutionAlgorithm: SpecValue {}
