/// Pen strokes on a grid of `size` × `size` pixels: how deep inside a line each pixel's middle lies.
struct InkRaster {
  /// The distance around a line within which pixels are looked at; outside, there is no ink.
  private static let margin: Float = 1

  private let size: Int
  /// Radius of the line minus distance from its middle, in pixels; the largest over all lines.
  private var depths: [Float]

  init(size: Int) {
    self.size = size
    depths = Array(repeating: -Self.margin, count: size * size)
  }

  /// Draws a chain of straight pieces given in a square of side 1.
  mutating func draw(_ stroke: [PenPoint]) {
    let scale = Float(size)
    for (start, end) in zip(stroke, stroke.dropFirst()) {
      draw(
        from: PenPoint(position: start.position * scale, radius: start.radius * scale),
        to: PenPoint(position: end.position * scale, radius: end.radius * scale))
    }
  }

  private mutating func draw(from start: PenPoint, to end: PenPoint) {
    let reach = max(start.radius, end.radius) + Self.margin
    let low = pointwiseMin(start.position, end.position) - reach
    let high = pointwiseMax(start.position, end.position) + reach
    let (columns, rows) = (pixels(low.x, high.x), pixels(low.y, high.y))
    let step = end.position - start.position
    let squaredLength = step.x * step.x + step.y * step.y
    let inverse = squaredLength > 0 ? 1 / squaredLength : 0
    let growth = end.radius - start.radius
    depths.withUnsafeMutableBufferPointer { depths in
      for row in rows {
        for column in columns {
          let x = Float(column) + 0.5 - start.position.x
          let y = Float(row) + 0.5 - start.position.y
          let along = min(max((x * step.x + y * step.y) * inverse, 0), 1)
          let (awayX, awayY) = (x - along * step.x, y - along * step.y)
          let distance = (awayX * awayX + awayY * awayY).squareRoot()
          let index = row * size + column
          depths[index] = max(depths[index], start.radius + along * growth - distance)
        }
      }
    }
  }

  /// The pixels whose middles may lie between `low` and `high`.
  private func pixels(_ low: Float, _ high: Float) -> Range<Int> {
    let first = min(max(Int(low), 0), size)
    return first..<max(min(Int(high) + 1, size), first)
  }

  /// The share of each pixel that is inked, in [0, 1], with an edge `softness` ≤ 2 pixels wide.
  func coverage(at pixel: Int, softness: Float) -> Float {
    min(max(0.5 + depths[pixel] / softness, 0), 1)
  }
}
