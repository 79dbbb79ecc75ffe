/// The positions of a network's layers: in rows, each layer below all those whose results it takes, and in columns.
///
/// A long network is folded into several parts side by side. It is cut where the result of a single layer leads from
/// one part to the next.
struct LayerGrid {
  /// An arrow; its ends are places among the layers.
  struct Edge {
    let source: Int
    let target: Int
  }

  /// The row of each layer, counted through all parts.
  let rows: [Int]
  /// The column of each layer within its part; a layer stands below the first of those that it takes, if there is room.
  let columns: [Int]
  let edges: [Edge]
  /// The rows of each part.
  let parts: [Range<Int>]
  /// The arrows to each layer, as numbers among all.
  let arrivals: [[Int]]
  /// The arrows that lead straight down, with nothing in between.
  let straight: Set<Int>
  /// The layers with an arrow that does not lead straight down.
  let bending: Set<Int>
  /// The row of the next box below each layer, in its column and part; that after the part's last where there is none.
  let rowBelow: [Int]

  /// Networks of so many rows are read without folding.
  private static let mostRows = 24

  init(_ inputs: [[Int]]) {
    var rows: [Int] = []
    var columns: [Int] = []
    var width: [Int: Int] = [:]  // columns of each row that are taken from the left on
    for inputs in inputs {
      let row = (inputs.map { rows[$0] + 1 }.max() ?? 0)
      let column = max(inputs.map { columns[$0] }.min() ?? 0, width[row] ?? 0)
      width[row] = column + 1
      rows.append(row)
      columns.append(column)
    }
    let edges = inputs.enumerated().flatMap { target, sources in
      sources.map { Edge(source: $0, target: target) }
    }
    self.rows = rows
    self.columns = columns
    self.edges = edges
    var last = rows  // the last row that takes each layer's result
    for edge in edges { last[edge.source] = max(last[edge.source], rows[edge.target]) }
    let parts = Self.parts(rowCount: (rows.max() ?? 0) + 1, zip(rows, last).map { $0..<$1 })
    var rowBelow = rows.map { row in parts.first { $0.contains(row) }?.upperBound ?? row }
    for column in Set(columns) {
      let layers = rows.indices.filter { columns[$0] == column }.sorted { rows[$0] < rows[$1] }
      for (upper, lower) in zip(layers, layers.dropFirst()) {
        rowBelow[upper] = min(rowBelow[upper], rows[lower])
      }
    }
    let ends = Set(parts.map(\.upperBound))
    var arrivals = [[Int]](repeating: [], count: inputs.count)
    var straight: Set<Int> = []
    var bending: Set<Int> = []
    for (index, edge) in edges.enumerated() {
      let isStraight =
        columns[edge.target] == columns[edge.source] && rows[edge.target] == rowBelow[edge.source]
        && !ends.contains(rows[edge.target])
        // Of a layer that is taken twice only the first arrow.
        && !arrivals[edge.target].contains { edges[$0].source == edge.source }
      if isStraight { straight.insert(index) } else { bending.insert(edge.source) }
      arrivals[edge.target].append(index)
    }
    self.parts = parts
    self.arrivals = arrivals
    self.straight = straight
    self.bending = bending
    self.rowBelow = rowBelow
  }

  /// The rows from the first to the last, cut where only one layer's result has to cross, into parts of about equal
  /// length; `spans` are the rows below which each layer's result is still taken.
  private static func parts(rowCount: Int, _ spans: [Range<Int>]) -> [Range<Int>] {
    guard rowCount > mostRows else { return [0..<rowCount] }
    // Boxes are about three times as wide as they are high, and pages wider than high.
    let partCount = max(2, (0.25 * Double(rowCount)).squareRoot().rounded())
    let length = Double(rowCount) / partCount
    var crossings = [Int](repeating: 0, count: rowCount + 1)  // below each row
    for span in spans {
      crossings[span.lowerBound] += 1
      crossings[span.upperBound] -= 1
    }
    for row in crossings.indices.dropFirst() { crossings[row] += crossings[row - 1] }
    var parts: [Range<Int>] = []
    var start = 0
    for number in 1..<Int(partCount) {
      let wanted = Double(number) * length
      let ends = (start + 1..<rowCount).filter { crossings[$0 - 1] == 1 }
      let nearest = ends.min { abs(Double($0) - wanted) < abs(Double($1) - wanted) }
      guard let nearest, Double(nearest - start) > length / 3,
        Double(rowCount - nearest) > length / 3
      else { continue }
      parts.append(start..<nearest)
      start = nearest
    }
    return parts + [start..<rowCount]
  }

  /// The part that a row belongs to.
  func part(ofRow row: Int) -> Int { parts.firstIndex { $0.contains(row) } ?? 0 }
}
