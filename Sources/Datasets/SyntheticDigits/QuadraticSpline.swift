/// The uniform quadratic B-spline: a smooth curve that stays inside its control polygon.
enum QuadraticSpline {
  /// Weights of three neighbouring control values at `t` in [0, 1]: (1−t)²/2, 1/2 + t(1−t), t²/2.
  @inline(__always)
  static func weights(_ t: Float) -> SIMD3<Float> {
    let rest = 1 - t
    return SIMD3(0.5 * rest * rest, 0.5 + t * rest, 0.5 * t * t)
  }

  /// Points along the curve of `polygon`, from its first point to its last, `steps` for each control
  /// point.
  static func trace(_ polygon: [PenPoint], steps: Int) -> [PenPoint] {
    guard let first = polygon.first, let last = polygon.last else { return [] }
    var curve = [first]
    curve.reserveCapacity(polygon.count * steps + 1)
    for index in polygon.indices {
      // End points count twice, which makes the curve begin and end in them.
      let before = index == 0 ? first : polygon[index - 1]
      let after = index == polygon.count - 1 ? last : polygon[index + 1]
      for step in 1...steps {
        let weights = weights(Float(step) / Float(steps))
        curve.append(
          PenPoint(
            position: weights.x * before.position + weights.y * polygon[index].position
              + weights.z * after.position,
            radius: weights.x * before.radius + weights.y * polygon[index].radius
              + weights.z * after.radius))
      }
    }
    return curve
  }
}
