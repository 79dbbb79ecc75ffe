/// A colour of the sample pictures.
struct SampleColour {
  static let black = SampleColour(numbers: SIMD3(12, 12, 18))
  static let white = SampleColour(numbers: SIMD3(250, 250, 246))

  /// Red, green and blue, from 0 to 255.
  let numbers: SIMD3<Float>

  private init(numbers: SIMD3<Float>) { self.numbers = numbers }

  /// A colour of any hue, pale or strong, light or dark.
  init(using random: inout RandomSequence) {
    let hue = random.uniform(0...6)
    let strength = random.uniform(0.35...1)
    let value = random.uniform(70...255)
    // A channel is at its most over a third of the wheel, and falls to nothing over a sixth on either side.
    func channel(at place: Float) -> Float {
      let away = abs(hue - place)
      return min(max(2 - min(away, 6 - away), 0), 1)
    }
    let pure = SIMD3(channel(at: 0), channel(at: 2), channel(at: 4))
    numbers = value * (1 - strength * (1 - pure))
  }

  /// This colour with a share of `other`.
  func mixed(with other: SampleColour, _ share: Float) -> SampleColour {
    SampleColour(numbers: numbers + (other.numbers - numbers) * share)
  }

  /// How much of another colour it is: the difference of lightness and hue, about 0 to 255.
  func difference(from other: SampleColour) -> Float {
    let step = numbers - other.numbers
    let squares = step * step
    return (squares.x * 0.3 + squares.y * 0.59 + squares.z * 0.11).squareRoot()
  }
}
