/// The brightness of the paper in a grey picture, as a plane: light may come from one side.
///
/// It is fitted to the pixels along the border, where strokes that reach it, specks and shadows are left out as outliers.
struct PaperLight {
  private var (base, down, right) = (0.0, 0.0, 0.0)
  /// The standard deviation of the paper's grain.
  private(set) var grain = 0.0
  private let height: Double
  private let width: Double

  /// A pixel of the border, its place counted from the middle in sides of the picture.
  private struct Sample {
    let y: Double
    let x: Double
    let grey: Double
  }

  /// The paper in `picture`, which is grey.
  init(of picture: Picture) {
    height = Double(picture.shape.height)
    width = Double(picture.shape.width)
    let samples = Self.border(of: picture)
    let usual = Self.median(samples.map(\.grey))
    base = usual
    // A stroke on the border is further away than grain and uneven light are.
    let furthest = max(3 * deviation(of: samples), Self.leastUnevenness)
    var kept = samples.filter { abs($0.grey - usual) <= furthest }
    for _ in 0..<3 {
      fit(kept)
      grain = deviation(of: kept)
      let furthest = max(3 * grain, 4)
      let rest = samples.filter { abs($0.grey - grey(y: $0.y, x: $0.x)) <= furthest }
      if rest.isEmpty { break }
      kept = rest
    }
  }

  /// Differences of grey that light makes on any paper.
  private static let leastUnevenness = 12.0

  /// The grey of the paper at a pixel.
  func grey(row: Int, column: Int) -> Double {
    grey(y: (Double(row) + 0.5) / height - 0.5, x: (Double(column) + 0.5) / width - 0.5)
  }

  private func grey(y: Double, x: Double) -> Double { base + down * y + right * x }

  private static func border(of picture: Picture) -> [Sample] {
    let (height, width) = (picture.shape.height, picture.shape.width)
    let depth = min(max(min(height, width) / 20, 1), 4)
    return (0..<height).flatMap { row in
      (0..<width).compactMap { column in
        let distance = min(row, height - 1 - row, column, width - 1 - column)
        guard distance < depth else { return nil }
        return Sample(
          y: (Double(row) + 0.5) / Double(height) - 0.5,
          x: (Double(column) + 0.5) / Double(width) - 0.5,
          grey: Double(picture.pixels[row * width + column]))
      }
    }
  }

  /// The least squares over `samples`.
  private mutating func fit(_ samples: [Sample]) {
    let count = Double(samples.count)
    func mean(_ value: (Sample) -> Double) -> Double {
      samples.reduce(0) { $0 + value($1) } / count
    }
    let (y, x, grey) = (mean(\.y), mean(\.x), mean(\.grey))
    let yy = mean { ($0.y - y) * ($0.y - y) }
    let xx = mean { ($0.x - x) * ($0.x - x) }
    let xy = mean { ($0.x - x) * ($0.y - y) }
    let yGrey = mean { ($0.y - y) * ($0.grey - grey) }
    let xGrey = mean { ($0.x - x) * ($0.grey - grey) }
    let determinant = yy * xx - xy * xy
    // Pixels on one line tell nothing of the light across it.
    (down, right) =
      determinant > 1e-6
      ? ((yGrey * xx - xGrey * xy) / determinant, (xGrey * yy - yGrey * xy) / determinant) : (0, 0)
    base = grey - down * y - right * x
  }

  /// The deviation of `samples` from the plane, from the median of its amounts.
  private func deviation(of samples: [Sample]) -> Double {
    1.4826 * Self.median(samples.map { abs($0.grey - grey(y: $0.y, x: $0.x)) })
  }

  private static func median(_ numbers: [Double]) -> Double { numbers.sorted()[numbers.count / 2] }
}
