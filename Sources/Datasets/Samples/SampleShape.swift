/// The shapes of the sample pictures, which are their classes.
package enum SampleShape: String, CaseIterable, Sendable {
  case circle, cross, heart, square, star, triangle

  /// Whether the shape covers `point`; its middle is the origin, it reaches about 1 from there, and `y` goes down.
  func contains(_ point: SIMD2<Float>) -> Bool {
    switch self {
    case .circle: return point.x * point.x + point.y * point.y <= 0.72
    case .square: return max(abs(point.x), abs(point.y)) <= 0.74
    case .cross:
      let (far, near) = (max(abs(point.x), abs(point.y)), min(abs(point.x), abs(point.y)))
      return far <= 0.95 && near <= 0.31
    case .heart:
      // (x² + y² − 1)³ ≤ x²y³, with y upwards and a little smaller.
      let (x, y) = (point.x * 1.25, 0.1 - point.y * 1.25)
      let rest = x * x + y * y - 1
      return rest * rest * rest <= x * x * y * y * y
    case .star: return Self.contains(point, in: Self.starCorners)
    case .triangle: return Self.contains(point, in: Self.triangleCorners)
    }
  }

  // Written out, since sines differ from machine to machine in the last digit.
  private static let starCorners: [SIMD2<Float>] = [
    [0, -1], [0.2469, -0.3398], [0.9511, -0.3090], [0.3995, 0.1298], [0.5878, 0.8090], [0, 0.42],
    [-0.5878, 0.8090], [-0.3995, 0.1298], [-0.9511, -0.3090], [-0.2469, -0.3398],
  ]

  private static let triangleCorners: [SIMD2<Float>] = [
    [0, -0.95], [0.8227, 0.475], [-0.8227, 0.475],
  ]

  /// Whether a ray from `point` to the right crosses the sides of the polygon an odd number of times.
  private static func contains(_ point: SIMD2<Float>, in corners: [SIMD2<Float>]) -> Bool {
    var (isInside, last) = (false, corners[corners.count - 1])
    for corner in corners {
      if (corner.y > point.y) != (last.y > point.y) {
        let share = (point.y - corner.y) / (last.y - corner.y)
        if point.x < corner.x + share * (last.x - corner.x) { isInside.toggle() }
      }
      last = corner
    }
    return isInside
  }
}
