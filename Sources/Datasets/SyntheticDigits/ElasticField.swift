/// A smooth random warp of the plane, as of ink on a sheet of rubber: random shifts on a coarse grid,
/// with a quadratic spline between them.
struct ElasticField {
  private static let cells = 3
  private static let gridPoints = cells + 2

  private var shifts: [SIMD2<Float>] = []

  /// A field whose grid shifts are uniform between `-strength` and `strength` along each axis.
  init(strength: Float, using random: inout RandomSequence) {
    shifts.reserveCapacity(Self.gridPoints * Self.gridPoints)
    for _ in 0..<Self.gridPoints * Self.gridPoints {
      let x = random.uniform(-strength...strength)
      shifts.append(SIMD2(x, random.uniform(-strength...strength)))
    }
  }

  /// The shift at `point`; the grid covers the unit square, and outside it its edge counts.
  func shift(at point: SIMD2<Float>) -> SIMD2<Float> {
    let scaled = point.clamped(lowerBound: .zero, upperBound: .one) * Float(Self.cells)
    let column = min(Int(scaled.x), Self.cells - 1)
    let row = min(Int(scaled.y), Self.cells - 1)
    let across = QuadraticSpline.weights(scaled.x - Float(column))
    let down = QuadraticSpline.weights(scaled.y - Float(row))
    var total = SIMD2<Float>.zero
    for y in 0..<3 {
      for x in 0..<3 {
        total += (down[y] * across[x]) * shifts[(row + y) * Self.gridPoints + column + x]
      }
    }
    return total
  }
}
