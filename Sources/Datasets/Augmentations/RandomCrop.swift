import Specs
import Tensors

/// Puts `padding` pixels around the image and cuts its own size out of that, at a random place: it moves by whole
/// pixels, so that none is blurred.
package struct RandomCrop: ImageStep {
  package static let type = "random_crop"
  package static let summary = "Pads images on all sides and cuts out a random part of their size."
  package static let source: String? = "torchvision's RandomCrop"
  package static let otherNames = ["crop", "pad_and_crop"]
  package static var foreignKeys: [String: String] {
    let size =
      "'random_crop' moves images by up to 'padding' pixels and keeps their size; 'image_size' of a dataset resizes"
    return ["size": size, "height": size, "width": size]
  }

  @Field(
    "Pixels to put on each side: above and below as many as left and right, or [height, width].",
    example: "4", .range(1...10_000))
  package var padding: Pair

  @Field("What they are filled with: from 0, the background, to 1.", .range(0...1))
  package var fillValue: Double = 0

  package init() {}

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let (height, width) = (padding.height, padding.width)
    let fill = Float(fillValue)
    return { image, random in
      let down = random.index(below: 2 * height + 1) - height
      let right = random.index(below: 2 * width + 1) - width
      Self.move(&image, down: down, right: right, fill: fill)
    }
  }

  /// Moves the image; what comes in is `fill`.
  package static func move(_ image: inout AugmentedImage, down: Int, right: Int, fill: Float) {
    guard (down, right) != (0, 0) else { return }
    let shape = image.shape
    let count = max(shape.width - abs(right), 0) * shape.channels
    image.redraw { pixels, old in
      pixels.update(repeating: fill)
      guard count > 0, let target = pixels.baseAddress else { return }
      for row in max(down, 0)..<max(min(shape.height, shape.height + down), max(down, 0)) {
        let start = (row * shape.width + max(right, 0)) * shape.channels
        let source = ((row - down) * shape.width + max(-right, 0)) * shape.channels
        (target + start).update(from: old + source, count: count)
      }
    }
  }
}
