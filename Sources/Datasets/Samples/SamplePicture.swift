import Tensors

/// A picture of one shape: any colour, size, place and turn, on any background.
///
/// Its pixels depend on nothing but shape, part and number. Only +, −, ×, ÷, √ and integers are used, which IEEE 754
/// defines to the last bit, so they are the same on every machine.
package struct SamplePicture: Sendable {
  /// The parts of the sample, which share no random numbers.
  package enum Part: String, CaseIterable, Sendable { case train, test }

  /// Height and width in pixels.
  package static let side = 48

  /// Samples along each side of a pixel, whose mean it is.
  private static let samples = 4

  private let shape: SampleShape
  private let middle: SIMD2<Float>
  private let radius: Float
  /// Cosine and sine of its turn.
  private let turn: SIMD2<Float>
  /// Width against height.
  private let stretch: Float
  private let ink: SampleColour
  /// The colour of the line around it; nil if it has none.
  private let outline: SampleColour?
  private let background: SampleBackground
  private let grain: RandomStream

  /// Picture number `index` of `shape` in `part`.
  package init(_ shape: SampleShape, part: Part, index: Int) {
    func stream(_ use: Int) -> RandomStream {
      // The synthetic digits take the layers 0 and 1.
      RandomStream(
        seed: 0, purpose: .syntheticImage, layer: part == .train ? 2 : 3,
        epoch: (SampleShape.allCases.firstIndex(of: shape) ?? 0) * 2 + use, sample: index)
    }
    var random = RandomSequence(stream(0))
    self.shape = shape
    let side = Float(Self.side)
    radius = side * random.uniform(0.2...0.4)
    let room = side / 2 - radius * 1.05
    let x = side / 2 + random.uniform(-room...room)
    middle = SIMD2(x, side / 2 + random.uniform(-room...room))
    turn = random.direction()
    stretch = random.uniform(0.85...1.15)
    ink = SampleColour(using: &random)
    background = SampleBackground(unlike: ink, using: &random)
    let isDark = random.happens(0.5)
    outline = random.happens(0.35) ? ink.mixed(with: isDark ? .black : .white, 0.65) : nil
    grain = stream(1)
  }

  /// The picture, ready to be written.
  package var image: Picture {
    let shape = ImageShape(height: Self.side, width: Self.side, channels: 3)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(shape.elementCount)
    for row in 0..<Self.side {
      for column in 0..<Self.side {
        let noise = 14 * (grain.uniform(row * Self.side + column) - 0.5)
        let colour = meanColour(row: row, column: column)
        for channel in 0..<3 {
          pixels.append(UInt8(min(max(colour[channel] + noise, 0), 255) + 0.5))
        }
      }
    }
    return Picture(shape, pixels: pixels)
  }

  private func meanColour(row: Int, column: Int) -> SIMD3<Float> {
    var sum = SIMD3<Float>.zero
    for y in 0..<Self.samples {
      for x in 0..<Self.samples {
        let step = 1 / Float(Self.samples)
        sum += colour(
          at: SIMD2(
            Float(column) + (Float(x) + 0.5) * step, Float(row) + (Float(y) + 0.5) * step))
      }
    }
    return sum / Float(Self.samples * Self.samples)
  }

  private func colour(at point: SIMD2<Float>) -> SIMD3<Float> {
    let offset = (point - middle) / radius
    let turned = SIMD2(
      (turn.x * offset.x + turn.y * offset.y) * stretch, turn.x * offset.y - turn.y * offset.x)
    guard shape.contains(turned) else { return background.colour(at: point) }
    // Lit from above.
    let light = SampleColour.white.mixed(with: ink, 0.86 + 0.14 * min(max(offset.y + 0.5, 0), 1))
    guard let outline, !shape.contains(turned * 1.28) else { return light.numbers }
    return outline.numbers
  }
}

extension RandomSequence {
  /// A point of the unit circle, every direction as likely.
  mutating func direction() -> SIMD2<Float> {
    while true {
      let x = uniform(-1...1)
      let y = uniform(-1...1)
      let square = x * x + y * y
      if square > 0.01, square <= 1 { return SIMD2(x, y) / square.squareRoot() }
    }
  }
}
