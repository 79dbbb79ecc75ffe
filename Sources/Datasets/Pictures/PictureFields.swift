import Diagnostics
import Specs

/// The channels that pictures are decoded to.
package enum ColorMode: String, CaseIterable, SpecValue {
  case grayscale, rgb

  /// The mode of pictures with `channels` channels.
  init(channels: Int) { self = channels == 1 ? .grayscale : .rgb }

  package static var otherValues: OtherNames {
    [
      "grayscale": ["gray", "grey", "greyscale", "L"],
      "rgb": ["color", "colour", "rgba", "bgr"],
    ]
  }
}

/// What to do about a picture that cannot be read.
package enum UnreadablePictures: String, CaseIterable, SpecValue {
  /// End with an error that names all of them.
  case fail
  /// Leave them out, and say how many.
  case skip

  package static var otherValues: OtherNames {
    ["fail": ["raise", "error", "strict"], "skip": ["ignore", "drop", "warn"]]
  }
}

/// The fields of every dataset of picture files: how pictures of any size become images of one shape.
package struct PictureFields: FieldGroup {
  @Field("Channels of the images; by default as the pictures are, which then have to agree.")
  package var colorMode: ColorMode?

  @Field(
    "Height and width in pixels to which all pictures are resized; needed only where they differ.",
    example: "[64, 64]", .range(1...4096))
  package var imageSize: Pair?

  @Field(
    "How a picture of another aspect ratio becomes one of 'image_size': stretched, cropped around its centre, or whole with a border."
  )
  package var fit: PictureFit = .stretch

  @Field("How resized pixels are computed; but for 'nearest' without aliasing.")
  package var interpolation: PictureInterpolation = .bilinear

  @Field(
    "Grey behind transparent pixels and in the border of 'fit: pad', from 0 (black) to 255 (white).",
    .range(0...255))
  package var background: Int = 0

  @Field("What to do about pictures that cannot be read: fail and name all of them, or skip them.")
  package var onError: UnreadablePictures = .fail

  package init() {}

  package static var otherKeys: OtherNames {
    [
      "color_mode": ["colour_mode", "color", "channels", "grayscale", "mode"],
      "image_size": ["img_size", "target_size", "size", "input_size", "resize", "resolution"],
      "fit": ["crop_to_aspect_ratio", "pad_to_aspect_ratio", "keep_aspect_ratio", "resize_mode"],
      "interpolation": ["resample"],
      "background": ["fill_value", "background_color"],
      "on_error": ["errors", "skip_unreadable", "ignore_errors"],
    ]
  }

  /// Reports fields that need `image_size`, where that is missing.
  func validate(_ diagnostics: inout Diagnostics) {
    guard imageSize == nil else { return }
    for (key, node) in changed where ["fit", "interpolation"].contains(key) {
      diagnostics.error(
        .needsImageSize, "'\(key)' is for pictures that are resized, but there is no 'image_size'",
        at: node?.location, hint: "add 'image_size: [64, 64]', or remove '\(key)'")
    }
  }

  /// The fields with other values than their defaults, and where these stand.
  var changed: [(key: String, node: Node?)] {
    let nodes = [
      "color_mode": $colorMode.node, "image_size": $imageSize.node, "fit": $fit.node,
      "interpolation": $interpolation.node, "background": $background.node,
      "on_error": $onError.node,
    ]
    return trees(withDefaults: false).map { (key: $0.key, node: nodes[$0.key] ?? nil) }
  }

  /// The fields, as a spec has them, that can make other images of the same picture than `other` makes of the same size,
  /// with the values of `other`; nil if there are none.
  func difference(from other: PictureFields) -> String? {
    func texts(_ fields: PictureFields) -> [String] {
      [
        "background: \(fields.background)", "fit: \(fields.fit)",
        "interpolation: \(fields.interpolation)",
      ]
    }
    let areResized = imageSize != nil && other.imageSize != nil
    let different = zip(texts(self), texts(other)).prefix(areResized ? 3 : 1).filter { $0 != $1 }
    return different.isEmpty ? nil : different.map(\.1).joined(separator: ", ")
  }

  /// How pictures are resized; nil if they stay as they are.
  var resizing: PictureResizing? {
    imageSize.map {
      PictureResizing(
        to: $0, fit: fit, interpolation: interpolation, background: UInt8(background))
    }
  }

  /// Decodes the picture file `bytes`, and makes its image.
  func picture(_ bytes: [UInt8]) throws(PictureError) -> Picture {
    image(of: try Picture(decoding: bytes, on: UInt8(background)))
  }

  /// `picture` in the colours and size that the fields say.
  func image(of picture: Picture) -> Picture {
    let image = colorMode == .grayscale ? picture.grayscale : picture
    let resized = resizing?.resized(image) ?? image
    // Three equal channels would be resized alike.
    return colorMode == .rgb ? resized.rgb : resized
  }
}
