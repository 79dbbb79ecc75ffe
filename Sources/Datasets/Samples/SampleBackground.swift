/// The background of a sample picture: two colours that fade into each other, in stripes, or in squares.
struct SampleBackground {
  private enum Pattern: Int { case fade, stripes, squares }

  private let pattern: Pattern
  private let first, second: SampleColour
  private let direction: SIMD2<Float>
  /// Width of a stripe or square, in pixels.
  private let width: Float

  /// A background from which `ink` stands out.
  init(unlike ink: SampleColour, using random: inout RandomSequence) {
    first = Self.colour(unlike: ink, using: &random)
    let other = Self.colour(unlike: ink, using: &random)
    // Patterns are faint, so that their edges are not taken for the shape's.
    pattern = Pattern(rawValue: random.index(below: 3)) ?? .fade
    second = pattern == .fade ? other : first.mixed(with: other, 0.35)
    direction = random.direction()
    width = random.uniform(4...10)
  }

  private static func colour(
    unlike ink: SampleColour, using random: inout RandomSequence
  ) -> SampleColour {
    while true {
      let colour = SampleColour(using: &random)
      if colour.difference(from: ink) >= 75 { return colour }
    }
  }

  /// Red, green and blue at `point`, which is given in pixels.
  func colour(at point: SIMD2<Float>) -> SIMD3<Float> {
    let along = point.x * direction.x + point.y * direction.y
    let across = point.y * direction.x - point.x * direction.y
    let share: Float =
      switch pattern {
      case .fade: min(max(0.5 + along / Float(2 * SamplePicture.side), 0), 1)
      case .stripes: isOdd(along) ? 1 : 0
      case .squares: isOdd(along) != isOdd(across) ? 1 : 0
      }
    return first.mixed(with: second, share).numbers
  }

  private func isOdd(_ distance: Float) -> Bool {
    Int((distance / width).rounded(.down)) % 2 != 0
  }
}
