/// A map from a place in a new image to one in the old, which takes four corners to those of the image.
///
/// Places are in pixels, x to the right and y down, from the first pixel's centre.
package struct PerspectiveMap: Sendable {
  /// x, y and the divisor of the old place, as sums of the new x, the new y and 1.
  private let rows: (x: SIMD3<Double>, y: SIMD3<Double>, divisor: SIMD3<Double>)

  /// The map after which the corner pixels of an image of `width` × `height` stand at `corners`: the top left one
  /// first, then clockwise. Nil if three of these are on one line, or if the image is one.
  ///
  /// Source: Heckbert, 'Fundamentals of Texture Mapping and Image Warping', 1989, for the map of a square to the
  /// corners, of which this is the inverse.
  package init?(corners: [SIMD2<Double>], width: Int, height: Int) {
    let areas = (0..<4).map {
      cross(corners[($0 + 1) % 4] - corners[$0], corners[($0 + 2) % 4] - corners[$0])
    }
    guard areas.allSatisfy({ abs($0) > 1e-9 }), width > 1, height > 1 else { return nil }
    let first = corners[1] - corners[2]
    let second = corners[3] - corners[2]
    let rest = corners[0] - corners[1] + corners[2] - corners[3]
    let determinant = cross(first, second)
    let (g, h) = (cross(rest, second) / determinant, cross(first, rest) / determinant)
    let across = corners[1] - corners[0] + g * corners[1]
    let down = corners[3] - corners[0] + h * corners[3]
    let origin = corners[0]
    rows = (
      x: Double(width - 1)
        * SIMD3(down.y - h * origin.y, h * origin.x - down.x, cross(down, origin)),
      y: Double(height - 1)
        * SIMD3(g * origin.y - across.y, across.x - g * origin.x, cross(origin, across)),
      divisor: SIMD3(
        across.y * h - down.y * g, down.x * g - across.x * h, cross(across, down))
    )
  }

  /// The old place that the new image shows at `place`; nil if that is behind the eye.
  ///
  /// As torchvision's, it is applied to places that are counted from the first pixel's corner.
  package func callAsFunction(_ place: SIMD2<Double>) -> SIMD2<Double>? {
    let point = SIMD3(place.x + 0.5, place.y + 0.5, 1)
    let divisor = (rows.divisor * point).sum()
    guard abs(divisor) > 1e-9 else { return nil }
    return SIMD2((rows.x * point).sum(), (rows.y * point).sum()) / divisor - 0.5
  }
}

private func cross(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double { a.x * b.y - a.y * b.x }
