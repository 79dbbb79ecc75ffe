/// One digit as one hand wrote it once: the pen's path in a square of side 1, `y` downwards.
///
/// A skeleton, its points moved a little, then rubber-sheet warp, slant, turn and stretch; scaled so
/// that its longer side is about 20/28 of the square and, as in MNIST, centred by its ink.
struct Handwriting {
  /// The strokes, each a chain of straight pieces.
  private(set) var strokes: [[PenPoint]]

  init(digit: Int, using random: inout RandomSequence) {
    let variants = DigitSkeletons.variants(of: digit)
    let skeleton = variants[random.index(below: variants.count)]
    let penRadius = random.uniform(0.028...0.056)
    strokes = skeleton.map { stroke in
      QuadraticSpline.trace(
        Self.jitter(stroke, penRadius: penRadius, using: &random), steps: 5)
    }
    distort(using: &random)
    place(using: &random)
  }

  /// The control points of `stroke`, scaled to a height of 1, each moved by chance and with a radius
  /// of its own.
  private static func jitter(
    _ stroke: DigitSkeletons.Stroke, penRadius: Float, using random: inout RandomSequence
  ) -> [PenPoint] {
    var points: [PenPoint] = []
    for (index, corner) in stroke.enumerated() {
      if index > 0, corner == stroke[index - 1], let last = points.last {
        points.append(last)  // a sharp corner stays one
      } else {
        points.append(
          PenPoint(
            position: corner * 0.01 + random.bellPoint(0.024),
            radius: penRadius * (1 + random.bell(0.12))))
      }
    }
    return points
  }

  /// Warps, stretches, slants and turns the strokes.
  private mutating func distort(using random: inout RandomSequence) {
    let field = ElasticField(strength: 0.13, using: &random)
    let width = random.uniform(0.72...1.14)
    let slant = random.uniform(-0.2...0.28)
    // Cosine and sine of the angle whose half has the tangent `half`, without a function of libm.
    let half = random.uniform(-0.07...0.07)
    let (cosine, sine) = ((1 - half * half) / (1 + half * half), 2 * half / (1 + half * half))
    transform { point in
      var offset = point + field.shift(at: point) - SIMD2(0.35, 0.5)
      offset.x = offset.x * width - offset.y * slant
      return SIMD2(cosine * offset.x - sine * offset.y, sine * offset.x + cosine * offset.y)
    }
  }

  /// Scales the strokes to their size in the square and brings them to its middle.
  private mutating func place(using random: inout RandomSequence) {
    var (low, high) = (SIMD2<Float>(repeating: .infinity), SIMD2<Float>(repeating: -.infinity))
    var (ink, moment) = (Float(0), SIMD2<Float>.zero)
    for stroke in strokes {
      for (start, end) in zip(stroke, stroke.dropFirst()) {
        let step = end.position - start.position
        let length = (step.x * step.x + step.y * step.y).squareRoot()
        ink += length
        moment += length * 0.5 * (start.position + end.position)
        low = pointwiseMin(low, pointwiseMin(start.position, end.position))
        high = pointwiseMax(high, pointwiseMax(start.position, end.position))
      }
    }
    let extent = high - low
    let scale = random.uniform(0.57...0.71) / max(extent.x, extent.y)
    let center = moment / ink
    // Wherever its ink is, the whole digit stays inside the square.
    let middle = (SIMD2(0.5, 0.5) + random.bellPoint(0.02)).clamped(
      lowerBound: 0.1 - (low - center) * scale, upperBound: 0.9 - (high - center) * scale)
    transform { ($0 - center) * scale + middle }
  }

  private mutating func transform(_ change: (SIMD2<Float>) -> SIMD2<Float>) {
    for stroke in strokes.indices {
      for index in strokes[stroke].indices {
        strokes[stroke][index].position = change(strokes[stroke][index].position)
      }
    }
  }
}
