import Tensors

/// The strokes in a grey picture, from 0 where the paper is to 1 where they are full, whichever is the darker.
struct Ink {
  private let height: Int
  private let width: Int
  private var values: [Float]
  /// The rows and columns that the strokes take.
  private var (rows, columns) = (0..<0, 0..<0)

  /// The least difference of grey between full strokes and paper.
  private static let leastContrast: Float = 16
  /// The share of a full stroke that is still paper: shadows, and what JPEG adds around strokes.
  private static let floor: Float = 0.15
  /// The share of a full stroke from which on a pixel belongs to the digit's box.
  private static let edge: Float = 0.25
  /// The share of the largest stroke's ink that another one needs, so that it is no speck.
  private static let leastPart: Float = 0.05

  /// The strokes in `picture`; nil if nothing stands out from the paper.
  init?(in picture: Picture) {
    height = picture.shape.height
    width = picture.shape.width
    let paper = PaperLight(of: picture)
    var differences = [Float](repeating: 0, count: picture.pixels.count)
    var (brighter, darker): (Float, Float) = (0, 0)
    for row in 0..<height {
      for column in 0..<width {
        let place = row * width + column
        let difference =
          Float(picture.pixels[place]) - Float(paper.grey(row: row, column: column))
        differences[place] = difference
        if difference > 0 { brighter += difference * difference }
        if difference < 0 { darker += difference * difference }
      }
    }
    // Squares, since grain goes both ways a little, and strokes one way by much.
    let sign: Float = brighter >= darker ? 1 : -1
    values = differences.map { max(sign * $0, 0) }
    let full = Self.fullStroke(values)
    guard full >= Self.leastContrast else { return nil }
    let low = min(max(Self.floor * full, 3 * Float(paper.grain)), 0.5 * full)
    for place in values.indices {
      values[place] = min(max((values[place] - low) / (full - low), 0), 1)
    }
    removeSpecks()
    findBox()
    if rows.isEmpty { return nil }
  }

  /// The picture of the strokes' box, white on black.
  var cut: Picture {
    let pixels = rows.flatMap { row in
      columns.map { UInt8((values[row * width + $0] * 255).rounded()) }
    }
    return Picture(
      ImageShape(height: rows.count, width: columns.count, channels: 1), pixels: pixels)
  }

  /// The difference from the paper that nine tenths of the strokes' pixels do not exceed. Otsu's threshold (1979) tells
  /// these from paper.
  private static func fullStroke(_ values: [Float]) -> Float {
    var counts = [Int](repeating: 0, count: 256)
    for value in values { counts[min(Int(value), 255)] += 1 }
    let total = Double(values.count)
    let sum = counts.enumerated().reduce(0.0) { $0 + Double($1.offset * $1.element) }
    var (below, sumBelow, best, threshold) = (0.0, 0.0, 0.0, 0)
    for (level, count) in counts.enumerated() {
      below += Double(count)
      sumBelow += Double(level * count)
      guard below > 0, below < total else { continue }
      let distance = sumBelow / below - (sum - sumBelow) / (total - below)
      let variance = below * (total - below) * distance * distance
      if variance > best { (best, threshold) = (variance, level) }
    }
    let strokes = values.filter { $0 >= Float(threshold + 1) }.sorted()
    return strokes.isEmpty ? 0 : strokes[(strokes.count - 1) * 9 / 10]
  }

  /// Removes what is apart from the strokes and small beside them.
  private mutating func removeSpecks() {
    var parts = [Int](repeating: 0, count: values.count)
    var masses: [Float] = [0]
    var stack: [Int] = []
    for start in values.indices where values[start] > 0 && parts[start] == 0 {
      let part = masses.count
      var mass: Float = 0
      parts[start] = part
      stack.append(start)
      while let place = stack.popLast() {
        mass += values[place]
        let (row, column) = (place / width, place % width)
        for near in max(row - 1, 0)...min(row + 1, height - 1) {
          for beside in max(column - 1, 0)...min(column + 1, width - 1) {
            let neighbour = near * width + beside
            guard values[neighbour] > 0, parts[neighbour] == 0 else { continue }
            parts[neighbour] = part
            stack.append(neighbour)
          }
        }
      }
      masses.append(mass)
    }
    let least = Self.leastPart * (masses.max() ?? 0)
    for place in values.indices where masses[parts[place]] < least { values[place] = 0 }
  }

  private mutating func findBox() {
    let inside = values.indices.filter { values[$0] > Self.edge }
    let (inRows, inColumns) = (inside.map { $0 / width }, inside.map { $0 % width })
    guard let top = inRows.min(), let bottom = inRows.max(), let left = inColumns.min(),
      let right = inColumns.max()
    else { return }
    rows = top..<bottom + 1
    columns = left..<right + 1
  }
}
