import Specs

/// Every layer that a spec may name.
package enum LayerCatalog: Catalog {
  package typealias Member = any LayerSpec
  package typealias Common = LayerFields
  package static let noun = "layer"
  package static var foreignNames: [String: String] {
    let input = "leave it out: the input's shape comes from the data"
    let instance = "'group_normalization' with as many 'groups' as channels is the same"
    return [
      "input": input, "input_layer": input, "instance_normalization": instance,
      "InstanceNorm": instance, "InstanceNorm2d": instance,
    ]
  }
  package static let all: [any Spec.Type] =
    [
      Conv2D.self, DepthwiseConv2D.self, SeparableConv2D.self, MaxPooling2D.self,
      AveragePooling2D.self, GlobalMaxPooling2D.self, GlobalAveragePooling2D.self, Flatten.self,
      Dense.self, Dropout.self, SpatialDropout2D.self, AlphaDropout.self, GaussianDropout.self,
      GaussianNoise.self,
      BatchNormalization.self, LayerNormalization.self, GroupNormalization.self, Add.self,
      Multiply.self, Average.self, Maximum.self, Concatenate.self, ZeroPadding2D.self,
      Cropping2D.self, UpSampling2D.self, Reshape.self, Rescaling.self, Activation.self,
    ] + ActivationCatalog.all

  package static let templates: [any Spec.Type] = [Repeat.self, Block.self]
}
