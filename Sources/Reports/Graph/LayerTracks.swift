/// The vertical lines that lead results past rows that do not take them: one for each layer that needs it.
struct LayerTracks {
  /// The distance from the left edge of the layer's part, by layer.
  private(set) var places: [Int: Double] = [:]
  /// The width of the boxes and the lines of each part.
  private(set) var widths: [Double]

  /// - Parameters:
  ///   - rowWidths: how far the boxes of each row reach.
  ///   - centres: the middle of each column.
  init(_ grid: LayerGrid, rowWidths: [Double], centres: (Int) -> Double) {
    widths = grid.parts.map { rows in rowWidths[rows].max() ?? 0 }
    var last: [Int: Int] = [:]
    for (index, edge) in grid.edges.enumerated() where grid.isLong(index) {
      last[edge.source] = max(last[edge.source] ?? 0, grid.rows[edge.target])
    }
    let spans = last.map { (layer: $0, rows: grid.rows[$0]..<$1) }
    // The extent of the lines beside each row; the shortest lines are the innermost.
    var reach = rowWidths.map { $0 + Self.margin }
    for span in spans.sorted(by: { ($0.rows.count, $0.layer) < ($1.rows.count, $1.layer) }) {
      // If nothing stands below the layer, the line leads straight down.
      if grid.rowBelow[span.layer] >= span.rows.upperBound {
        places[span.layer] = centres(grid.columns[span.layer])
      }
      // Its ends are between rows, where only other lines can be in the way.
      let inner = reach[span.rows.dropFirst()].max() ?? 0
      let lines =
        places.filter { other in
          grid.rows[other.key]..<(last[other.key] ?? 0) ~= span.rows.lowerBound
        }.values.max() ?? 0
      let place = places[span.layer] ?? max(inner, lines + Self.gap)
      places[span.layer] = place
      for row in span.rows { reach[row] = max(reach[row], place + Self.gap) }
      let part = grid.part(ofRow: span.rows.lowerBound + 1)
      widths[part] = max(widths[part], place)
    }
  }

  private static let margin = 16.0
  private static let gap = 10.0
}

extension LayerGrid {
  /// True if arrow number `index` leads past rows in between, not straight down.
  func isLong(_ index: Int) -> Bool {
    rows[edges[index].target] - rows[edges[index].source] > 1 && !straight.contains(index)
  }

  /// True if an arrow leads to the next part.
  func leadsOn(_ edge: Edge) -> Bool {
    part(ofRow: rows[edge.source]) != part(ofRow: rows[edge.target])
  }
}
