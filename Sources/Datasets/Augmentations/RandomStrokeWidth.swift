import Specs
import Tensors

/// Makes bright strokes wider or narrower, by a width uniform between −`pixels` and `pixels`.
///
/// A pixel becomes the largest (for narrower strokes, the smallest) of itself and its four neighbours, in each channel
/// on its own, which changes a stroke's width by two pixels. For less, it goes only a part of the way.
package struct RandomStrokeWidth: ImageStep {
  package static let type = "random_stroke_width"
  package static let summary = "Makes bright strokes wider or narrower."
  package static let otherNames = ["dilate", "erode"]

  @Field("The largest change of a stroke's width, in pixels.", example: "1.0", .range(0...16))
  package var pixels: Double

  package init() {}

  package func change(of shape: ImageShape, _ inner: [PreparedStep]) -> Change {
    let limit = Float(pixels)
    return { image, random in
      Self.widen(&image, by: random.uniform(-limit...limit))
    }
  }

  /// Changes the width of strokes by `pixels`.
  package static func widen(_ image: inout AugmentedImage, by pixels: Float) {
    let shape = image.shape
    var rest = abs(pixels) / 2
    while rest > 0 {
      let part = min(rest, 1)
      image.redraw { target, source in
        if pixels > 0 {
          blend(target, source, shape, part) { max($0, $1) }
        } else {
          blend(target, source, shape, part) { min($0, $1) }
        }
      }
      rest -= part
    }
  }

  @inline(__always)
  private static func blend(
    _ target: UnsafeMutableBufferPointer<Float>, _ source: UnsafePointer<Float>,
    _ shape: ImageShape, _ part: Float, _ choose: (Float, Float) -> Float
  ) {
    let (line, channels) = (shape.width * shape.channels, shape.channels)
    for row in 0..<shape.height {
      let upper = source + max(row - 1, 0) * line
      let lower = source + min(row + 1, shape.height - 1) * line
      let middle = source + row * line
      for place in 0..<line {
        let left = middle[place < channels ? place : place - channels]
        let right = middle[place + channels < line ? place + channels : place]
        let old = middle[place]
        let new = choose(choose(choose(upper[place], lower[place]), choose(left, right)), old)
        target[row * line + place] = old + part * (new - old)
      }
    }
  }
}
