/// The geometry of a picture of a network: a box for each layer, a path for each arrow.
///
/// Paths run between rows and beside them, never through a box. Between two rows each layer above has a line of its
/// own, from which all its arrows branch off. Each arrow from further up has a line of its own as well.
package struct NetworkGeometry {
  package struct Box: Hashable {
    package let left, top, width, height: Double
    package var right: Double { left + width }
    package var bottom: Double { top + height }
    package var centre: Double { left + width / 2 }
  }

  package struct Path {
    /// The indices of the two layers.
    package let source, target: Int
    /// The corners, from box to box.
    package let points: [SIMD2<Double>]
    /// True if it leads straight down.
    package var isStraight: Bool { points.count == 2 }
  }

  /// In the order of the layers.
  package private(set) var boxes: [Box] = []
  package private(set) var paths: [Path] = []
  package private(set) var width = 0.0
  package private(set) var height = 0.0

  private let grid: LayerGrid
  private let boxWidth: Double
  /// The height at which each layer's line runs below its row, by layer.
  private var buses: [Int: Double] = [:]
  /// The height at which a layer's line runs above the first row of the next part, by layer.
  private var entrances: [Int: Double] = [:]
  /// The height at which an arrow runs above the row of its target, by arrow.
  private var channels: [Int: Double] = [:]

  static let boxHeight = 44.0
  private static let columnGap = 28.0
  private static let partGap = 56.0
  private static let lineGap = 8.0
  /// From a box to the first line, and from the last line to the next box, whose arrows need some length.
  private static let (space, arrowSpace) = (10.0, 16.0)

  /// The geometry of layers that take `inputs`, below and right of `origin`.
  package init(inputs: [[Int]], boxWidth: Double, origin: SIMD2<Double> = .zero) {
    grid = LayerGrid(inputs)
    self.boxWidth = boxWidth
    var rowWidths = [Double](repeating: 0, count: grid.parts.last?.upperBound ?? 0)
    for (row, column) in zip(grid.rows, grid.columns) {
      rowWidths[row] = max(rowWidths[row], Self.left(ofColumn: column, boxWidth) + boxWidth)
    }
    let tracks = LayerTracks(grid, rowWidths: rowWidths) {
      Self.left(ofColumn: $0, boxWidth) + boxWidth / 2
    }
    let tops = placeRows(tracks, top: origin.y)
    var lefts: [Double] = []
    var left = origin.x
    for width in tracks.widths {
      lefts.append(left)
      left += width + Self.partGap
    }
    boxes = grid.rows.indices.map { layer in
      let row = grid.rows[layer]
      return Box(
        left: lefts[grid.part(ofRow: row)] + Self.left(ofColumn: grid.columns[layer], boxWidth),
        top: tops[row], width: boxWidth, height: Self.boxHeight)
    }
    width = left - Self.partGap
    let ports = ports(tracks)
    paths = grid.edges.indices.map { path($0, tracks, lefts, port: ports[$0]) }
    let lowest = paths.flatMap { $0.points.map(\.y) }.max() ?? 0
    height = max(lowest, boxes.map(\.bottom).max() ?? 0)
  }

  private static func left(ofColumn column: Int, _ boxWidth: Double) -> Double {
    Double(column) * (boxWidth + columnGap)
  }

  /// Gives every line between rows its place, and returns the tops of the rows.
  private mutating func placeRows(_ tracks: LayerTracks, top: Double) -> [Double] {
    let rowCount = grid.parts.last?.upperBound ?? 0
    var sources = [[Int]](repeating: [], count: rowCount)
    var arrivals = [[Int]](repeating: [], count: rowCount)
    for layer in grid.bending.sorted() { sources[grid.rows[layer]].append(layer) }
    for (index, edge) in grid.edges.enumerated() where grid.isLong(index) {
      arrivals[grid.rows[edge.target]].append(index)
    }
    var tops = [Double](repeating: 0, count: rowCount)
    for rows in grid.parts {
      var y = top
      for row in rows {
        if row > rows.lowerBound { y += Self.boxHeight }
        // The rightmost layer's line is the highest, so that lines cross as few others as possible.
        let above = row > 0 ? sources[row - 1] : []
        y += Self.space
        for layer in above.sorted(by: { grid.columns[$0] > grid.columns[$1] }) {
          if row > rows.lowerBound { buses[layer] = y } else { entrances[layer] = y }
          y += Self.lineGap
        }
        for edge in arrivals[row].sorted(by: { track($0, tracks) < track($1, tracks) }) {
          channels[edge] = y
          y += Self.lineGap
        }
        y += Self.arrowSpace - (above.isEmpty && arrivals[row].isEmpty ? 0 : Self.lineGap)
        if row == rows.lowerBound, row == 0 { y = top }
        tops[row] = y
      }
      for layer in sources[rows.upperBound - 1] { buses[layer] = y + Self.boxHeight + Self.space }
    }
    return tops
  }

  private func track(_ edge: Int, _ tracks: LayerTracks) -> Double {
    tracks.places[grid.edges[edge].source] ?? 0
  }

  /// The point at which each arrow enters its target, as the distance from the middle of the upper edge.
  private func ports(_ tracks: LayerTracks) -> [Double] {
    var ports = [Double](repeating: 0, count: grid.edges.count)
    let above = Set(zip(grid.rows, grid.columns).map { [$0, $1] })
    for (target, edges) in grid.arrivals.enumerated() {
      let bent = edges.filter { !grid.straight.contains($0) }
      let (row, column) = (grid.rows[target], grid.columns[target])
      // The middle belongs to what leads straight down, and to the line of a layer right above.
      if edges.count == 1, !above.contains([row - 1, column]) { continue }
      if edges.count == 1, bent.first.map({ grid.leadsOn(grid.edges[$0]) }) ?? false { continue }
      let fromLeft = bent.filter {
        !grid.isLong($0) && grid.columns[grid.edges[$0].source] < column
      }
      let fromRight = bent.filter { !fromLeft.contains($0) }.sorted {
        (grid.isLong($0) ? 1 : 0, track($0, tracks), $0)
          < (grid.isLong($1) ? 1 : 0, track($1, tracks), $1)
      }
      for (edges, sign) in [(fromLeft.reversed(), -1.0), (fromRight, 1.0)] {
        let step = min(14, (boxWidth / 2 - 12) / Double(max(edges.count, 1)))
        for (place, edge) in edges.enumerated() { ports[edge] = sign * step * Double(place + 1) }
      }
    }
    return ports
  }

  private func path(
    _ index: Int, _ tracks: LayerTracks, _ lefts: [Double], port: Double
  ) -> Path {
    let edge = grid.edges[index]
    let (source, target) = (boxes[edge.source], boxes[edge.target])
    let start = SIMD2(source.centre, source.bottom)
    let end = SIMD2(target.centre + port, target.top)
    var points = [start]
    if !grid.straight.contains(index) {
      var level = buses[edge.source] ?? start.y
      let part = grid.part(ofRow: grid.rows[edge.target])
      let aside = channels[index].map { _ in lefts[part] + track(index, tracks) }
      if aside != start.x { points.append(SIMD2(start.x, level)) }
      if grid.leadsOn(edge), let entrance = entrances[edge.source] {
        let between = lefts[part] - Self.partGap / 2
        points += [SIMD2(between, level), SIMD2(between, entrance)]
        level = entrance
      }
      if let aside, let channel = channels[index] {
        if aside != start.x { points.append(SIMD2(aside, level)) }
        points.append(SIMD2(aside, channel))
        level = channel
      }
      points.append(SIMD2(end.x, level))
    }
    return Path(source: edge.source, target: edge.target, points: points + [end])
  }
}
