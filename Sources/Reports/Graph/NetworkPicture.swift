import TextLayout

/// The layers of a network and what each takes, as an SVG picture that looks right on light and on dark pages.
package struct NetworkPicture {
  private let name: String
  private let layers: [DrawnLayer]
  private let geometry: NetworkGeometry

  private static let margin = 20.0
  private static let headingHeight = 64.0
  private static let padding = 12.0
  /// Letters that are shown of a layer's name.
  private static let longestName = 28

  /// The picture of the network of experiment `name`.
  package init(name: String, _ layers: [DrawnLayer]) {
    self.name = name
    self.layers = layers
    geometry = NetworkGeometry(
      inputs: layers.map(\.inputs),
      boxWidth: layers.map(Self.width).reduce(150) { max($0, $1) }.rounded(.up),
      origin: [Self.margin, Self.headingHeight])
  }

  /// The width of a layer's box. Fonts differ, so it is a little more than most of them need.
  private static func width(of layer: DrawnLayer) -> Double {
    let (bold, plain, gap) = (8.8, 7.0, 14.0)
    let upper =
      bold * Double(min(layer.name.displayWidth, longestName))
      + plain * Double(layer.shape.displayWidth)
    let lower = plain * Double(layer.type.displayWidth + layer.parameters.displayWidth)
    return 2 * padding + gap + max(upper, lower)
  }

  /// The file.
  package var svg: String {
    let heading = name.truncated(to: 60)
    let width = Int(max(geometry.width + 2 * Self.margin, 320, 40 + 9 * Double(heading.count)))
    let height = Int((geometry.height + Self.margin).rounded(.up))
    let picture: HTML = """
      <svg class="chart network" viewBox="0 0 \(width) \(height)" role="img" \
      aria-labelledby="network-title" aria-describedby="network-text" \
      xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)">
      <title id="network-title">Layers of \(name)</title>
      <desc id="network-text">\(summary)</desc>\
      \(ChartStyle.sheet(width: width, height: height, rules: Self.rules))
      <defs>\(Self.arrowhead("arrow"))\(Self.arrowhead("arrow-aside"))</defs>
      <text class="heading" x="\(Self.margin.short)" y="28">\(heading)</text>
      <text x="\(Self.margin.short)" y="45">\(counts)</text>
      \(geometry.paths.map(arrow))\(layers.indices.map(box))</svg>

      """
    return picture.text
  }

  private var counts: String {
    let parameters = layers.reduce(0) { $0 &+ $1.parameterCount }
    return "\(layers.count.grouped) layers, \(parameters.grouped) parameters"
  }

  /// A description for readers who cannot see the picture.
  private var summary: String {
    let lines = layers.map { layer in
      let sources = layer.inputs.map { layers[$0].name }.joined(separator: ", ")
      return layer.words + (sources.isEmpty ? "" : ", takes \(sources)")
    }
    return "\(counts). From the first to the last: \(lines.joined(separator: "; "))."
  }

  private func box(_ index: Int) -> HTML {
    let (layer, box) = (layers[index], geometry.boxes[index])
    let (left, right) = ((box.left + Self.padding).short, (box.right - Self.padding).short)
    let lower = (box.top + 35).short
    let parameters: HTML? =
      layer.parameterCount == 0
      ? nil : "<text x=\"\(right)\" y=\"\(lower)\" text-anchor=\"end\">\(layer.parameters)</text>"
    let bar: HTML? =
      layer.parameterCount == 0
      ? nil
      : """
      <rect class="bar" x="\(box.left.short)" y="\((box.top + 6).short)" width="3" \
      height="\((box.height - 12).short)"/>
      """
    return """
      <g class="layer"><title>\(layer.words)</title>\
      <rect class="box" x="\(box.left.short)" y="\(box.top.short)" width="\(box.width.short)" \
      height="\(box.height.short)" rx="6"/>\(bar)\
      <text class="name" x="\(left)" y="\((box.top + 18).short)">\
      \(layer.name.truncated(to: Self.longestName))</text>\
      <text class="shape" x="\(right)" y="\((box.top + 18).short)" text-anchor="end">\
      \(layer.shape)</text>\
      <text x="\(left)" y="\(lower)">\(layer.type)</text>\
      \(parameters)</g>

      """
  }

  private func arrow(_ path: NetworkGeometry.Path) -> HTML {
    let aside = path.isStraight ? "" : "-aside"
    return """
      <path class="arrow\(aside)" marker-end="url(#arrow\(aside))" d="\(path.rounded)"/>

      """
  }

  private static func arrowhead(_ name: String) -> HTML {
    """
    <marker id="\(name)" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" \
    orient="auto"><path class="\(name)-head" d="M0 0.5L8 4L0 7.5z"/></marker>
    """
  }

  private static let rules = """

    .chart .name { fill: var(--ink); font-weight: 650; font-size: 12.5px }
    .chart .shape { fill: var(--ink) }
    .box { fill: var(--paper); stroke: var(--soft); stroke-width: 1 }
    .bar { fill: var(--c0) }
    .arrow, .arrow-aside { fill: none; stroke: var(--soft); stroke-width: 1.25 }
    .arrow-aside { stroke: var(--c1) }
    .arrow-head { fill: var(--soft) }
    .arrow-aside-head { fill: var(--c1) }
    """
}

extension DrawnLayer {
  /// `320 parameters`; nothing where there are none.
  fileprivate var parameters: String {
    switch parameterCount {
    case 0: ""
    case 1: "1 parameter"
    default: "\(parameterCount.grouped) parameters"
    }
  }

  /// `conv2d_1 (conv2d), 11×11×64, 18,496 parameters`
  fileprivate var words: String {
    [type == name ? name : "\(name) (\(type))", shape, parameters].filter { !$0.isEmpty }
      .joined(separator: ", ")
  }
}

extension NetworkGeometry.Path {
  /// The path with round corners, as SVG writes it.
  fileprivate var rounded: String {
    var text = "M\(points[0].x.short) \(points[0].y.short)"
    for (place, corner) in points.enumerated().dropFirst().dropLast() {
      let (before, after) = (points[place - 1] - corner, points[place + 1] - corner)
      let radius = min(5, before.length / 2, after.length / 2)
      // There is no corner if the arrow does not turn.
      guard radius > 0 else { continue }
      let start = corner + before * (radius / before.length)
      let end = corner + after * (radius / after.length)
      text +=
        "L\(start.x.short) \(start.y.short)Q\(corner.x.short) \(corner.y.short) "
        + "\(end.x.short) \(end.y.short)"
    }
    let end = points[points.count - 1]
    return text + "L\(end.x.short) \(end.y.short)"
  }
}

extension SIMD2<Double> {
  fileprivate var length: Double { (self * self).sum().squareRoot() }
}
