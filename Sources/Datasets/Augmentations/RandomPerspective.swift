import Specs
import Tensors

/// Shows the image as if it hung at a slant: each corner moves towards the centre, by whole pixels that are drawn for
/// each axis, up to `distortion_scale` of half the image's size.
package struct RandomPerspective: ImageStep {
  package static let type = "random_perspective"
  package static let summary = "Shows some images from a random side."
  package static let source: String? = "torchvision's RandomPerspective"
  package static let otherNames = ["perspective"]

  @Field("How far a corner may move, as a fraction of the way to the centre.", .range(0...1))
  package var distortionScale: Double = 0.5

  @Field("How likely an image is to be changed.", .range(0...1))
  package var probability: Double = 0.5

  package var fields = SamplingFields()

  package init() {}

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let (probability, sampling) = (probability, fields.sampling)
    let (height, width) = (shape.height, shape.width)
    let most = (
      down: Int(distortionScale * Double(height / 2)),
      right: Int(distortionScale * Double(width / 2))
    )
    return { image, random in
      guard random.happens(probability) else { return }
      let corners = [(false, false), (true, false), (true, true), (false, true)].map { corner in
        let (right, down) = (
          random.index(below: most.right + 1), random.index(below: most.down + 1)
        )
        return SIMD2(
          Double(corner.0 ? width - 1 - right : right), Double(corner.1 ? height - 1 - down : down))
      }
      guard let map = PerspectiveMap(corners: corners, width: width, height: height) else { return }
      image.move(by: map, sampling)
    }
  }
}

extension AugmentedImage {
  /// Moves the image as `map` says, after all that has been done to it before.
  package mutating func move(by map: PerspectiveMap, _ sampling: Sampling) {
    let shape = shape
    // Far outside, whatever is seen there.
    let limit = Double(4 * (shape.height + shape.width))
    move(sampling) { x, y in
      for row in 0..<shape.height {
        for column in 0..<shape.width {
          let place = SIMD2(Double(column), Double(row))
          let shift = ((map(place) ?? SIMD2(repeating: 2 * limit)) - place)
            .clamped(lowerBound: SIMD2(repeating: -limit), upperBound: SIMD2(repeating: limit))
          x[row * shape.width + column] = Float(shift.x)
          y[row * shape.width + column] = Float(shift.y)
        }
      }
    }
  }
}
