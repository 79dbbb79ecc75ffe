import TextLayout

/// Lines over epochs, or numbers of images: means with a band around them, each line with its own colour and dashes, its
/// label at its end and a dot where it is best.
struct CurveChart {
  /// Sizes in the units of the picture, which are pixels where it is not scaled.
  struct Dimensions: Hashable {
    let width, height: Double
    /// Room for the labels at the ends of the lines.
    let labelWidth: Double
    /// True if the chart is a picture of its own, and so has its own heading.
    var isAlone = false

    /// A chart among others on a page, where letters name the lines.
    static let small = Dimensions(width: 360, height: 230, labelWidth: 18)

    var plotLeft: Double { isAlone ? 64 : 48 }
    var plotRight: Double { width - labelWidth - (isAlone ? 24 : 8) }
    var plotTop: Double { isAlone ? 48 : 12 }
    var plotBottom: Double { height - (isAlone ? 48 : 34) }
  }

  /// What the horizontal axis counts.
  enum Axis { case epochs, trainingImages }

  /// More lines than these cannot be told apart.
  static let mostLines = 12

  let column: CurveColumn
  let series: [CurveSeries]
  var dimensions = Dimensions.small
  private let axis: Axis
  private let horizontal: ChartScale
  private let values: ChartScale

  init(
    _ column: CurveColumn, _ series: [CurveSeries], dimensions: Dimensions = .small,
    axis: Axis = .epochs
  ) {
    self.column = column
    self.series = series
    self.dimensions = dimensions
    let points = series.flatMap(\.points)
    self.axis = axis
    let (first, last) = (points.map(\.x).min() ?? 1, points.map(\.x).max() ?? 1)
    switch axis {
    case .epochs:
      horizontal = ChartScale(Double(first), Double(last))
      values = ChartScale(for: points.map(\.mean), preferring: column.scale)
    case .trainingImages:
      horizontal = ChartScale(0, Double(last))
      // Intervals are as wide as they are, and nothing of them is cut off.
      values = ChartScale(
        for: points.flatMap { [$0.mean] + ($0.band.map { [$0.lowerBound, $0.upperBound] } ?? []) })
    }
  }

  /// True if there is nothing to draw.
  var isEmpty: Bool { series.allSatisfy(\.points.isEmpty) }

  /// The picture; `identifier` is unique in its document.
  func svg(identifier: String, attributes: HTML = "", style: HTML = "") -> HTML {
    """
    <svg class="chart" viewBox="0 0 \(dimensions.width.short) \(dimensions.height.short)" role="img" \
    aria-labelledby="\(identifier)-title" aria-describedby="\(identifier)-text"\(attributes)>
    <title id="\(identifier)-title">\(title)</title>
    <desc id="\(identifier)-text">\(summary)</desc>\(style)
    <defs><clipPath id="\(identifier)-plot"><rect x="\((dimensions.plotLeft - 6).short)" \
    y="\((dimensions.plotTop - 6).short)" width="\((dimensions.plotRight - dimensions.plotLeft + 12).short)" \
    height="\((dimensions.plotBottom - dimensions.plotTop + 12).short)"/></clipPath></defs>
    \(heading)\(grid)\(series.map { band($0, clip: "\(identifier)-plot") })\
    \(series.map { line($0, clip: "\(identifier)-plot") })\(labels)</svg>

    """
  }

  private var heading: HTML? {
    dimensions.isAlone ? "<text class=\"heading\" x=\"20\" y=\"28\">\(title)</text>\n" : nil
  }

  private var title: String {
    "\(column.name) by \(axis == .epochs ? "epoch" : "number of training images")"
  }

  /// A description for readers who cannot see the picture.
  var summary: String {
    let lines = series.map { series in
      guard let last = series.points.last else { return "\(series.name): nothing recorded." }
      if axis == .trainingImages {
        let points = series.points.map { "\($0.mean.significant) with \($0.x.grouped) images" }
        return "\(series.name): \(points.joined(separator: ", "))."
      }
      let best = series.best.map { "best \($0.mean.significant) in epoch \($0.x), " } ?? ""
      let omitted = series.omitted > 0 ? "; \(series.omitted) values are no finite numbers" : ""
      let label = series.label.isEmpty || series.label == series.name ? "" : series.label + ", "
      return "\(label)\(series.name): \(best)\(last.mean.significant) in epoch \(last.x), "
        + "the last\(omitted)."
    }
    return ([values.kind == .linear ? nil : "Logarithmic scale."] + lines).compactMap(\.self)
      .joined(separator: " ")
  }

  private func x(_ value: Int) -> Double {
    dimensions.plotLeft
      + horizontal.position(of: Double(value)) * (dimensions.plotRight - dimensions.plotLeft)
  }

  private func y(_ value: Double) -> Double {
    // Points far outside are clipped anyway, but browsers cannot handle huge coordinates.
    let position = min(max(values.position(of: value), -2), 3)
    return dimensions.plotBottom - position * (dimensions.plotBottom - dimensions.plotTop)
  }

  private var grid: HTML {
    let lines = values.ticks.map { tick -> HTML in
      let y = y(tick)
      return """
        <line class="grid" x1="\(dimensions.plotLeft.short)" x2="\(dimensions.plotRight.short)" \
        y1="\(y.short)" y2="\(y.short)"/>\
        <text class="tick" x="\((dimensions.plotLeft - 8).short)" y="\((y + 4).short)" \
        text-anchor="end">\(values.label(of: tick))</text>

        """
    }
    let ticks = axis == .epochs ? Self.wholeTicks(horizontal) : horizontal.ticks.map { Int($0) }
    let numbers = ticks.map { tick -> HTML in
      """
      <text class="tick" x="\(x(tick).short)" y="\((dimensions.plotBottom + 18).short)" \
      text-anchor="middle">\(axis == .epochs ? "\(tick)" : tick.grouped)</text>

      """
    }
    return """
      \(lines)<line class="axis" x1="\(dimensions.plotLeft.short)" x2="\(dimensions.plotRight.short)" \
      y1="\(dimensions.plotBottom.short)" y2="\(dimensions.plotBottom.short)"/>
      \(numbers)<text class="tick" x="\(dimensions.plotRight.short)" \
      y="\((dimensions.plotBottom + 32).short)" text-anchor="end">\(axis == .epochs ? "epoch" : "training images")</text>

      """
  }

  /// Epochs are whole: 1, then round ones.
  private static func wholeTicks(_ scale: ChartScale) -> [Int] {
    let (first, last) = (Int(scale.lower), Int(scale.upper))
    let ticks = scale.ticks.compactMap(Int.init(exactly:)).filter { $0 > first && $0 <= last }
    // The first epoch's number needs room before the next one's.
    let room = max(1, (last - first) / 12)
    return [first] + ticks.filter { $0 - first >= room }
  }

  private func band(_ series: CurveSeries, clip: String) -> HTML? {
    let edges = series.points.compactMap { point in point.band.map { (x: point.x, band: $0) } }
    guard edges.count > 1 else { return nil }
    func corner(_ x: Int, _ value: Double) -> String { "\(self.x(x).short),\(y(value).short)" }
    let outline =
      edges.map { corner($0.x, $0.band.upperBound) }
      + edges.reversed().map { corner($0.x, $0.band.lowerBound) }
    return """
      <polygon class="band \(Self.colour(series.style))" clip-path="url(#\(clip))" \
      points="\(outline.joined(separator: " "))"/>

      """
  }

  private func line(_ series: CurveSeries, clip: String) -> HTML {
    let points = series.points.map { "\(x($0.x).short),\(y($0.mean).short)" }
    let colour = Self.colour(series.style)
    let dot = (series.best ?? (points.count == 1 ? series.points.first : nil)).map { best -> HTML in
      "<circle class=\"best \(colour)\" cx=\"\(x(best.x).short)\" cy=\"\(y(best.mean).short)\" r=\"3.5\"/>\n"
    }
    return """
      <polyline class="line \(colour) \(Self.dashes(series.style))" clip-path="url(#\(clip))" \
      points="\(points.joined(separator: " "))"/>
      \(dot)
      """
  }

  /// The labels at the ends of the lines, moved apart where they would stand on one another.
  private var labels: HTML {
    let ends = series.compactMap { series in
      series.points.last.map { (series, x: x($0.x), y: y($0.mean)) }
    }.filter { !$0.0.label.isEmpty }.sorted { $0.y < $1.y }
    let places = Self.spread(
      ends.map(\.y), gap: 13, from: dimensions.plotTop, through: dimensions.plotBottom)
    return HTML(
      zip(ends, places).map { end, place in
        """
        <line class="leader \(Self.colour(end.0.style))" x1="\((end.x + 3).short)" y1="\(end.y.short)" \
        x2="\((dimensions.plotRight + 6).short)" y2="\(place.short)"/>\
        <text class="label \(Self.colour(end.0.style))" x="\((dimensions.plotRight + 8).short)" \
        y="\((place + 4).short)">\(end.0.label)</text>

        """
      })
  }

  /// `places`, which rise, with at least `gap` between them and, if there is room, within the ends.
  static func spread(
    _ places: [Double], gap: Double, from lower: Double, through upper: Double
  ) -> [Double] {
    var result = places
    for index in result.indices {
      let least = index == 0 ? lower : result[index - 1] + gap
      result[index] = max(result[index], least)
    }
    for index in result.indices.reversed() {
      let most = index == result.count - 1 ? upper : result[index + 1] - gap
      result[index] = min(result[index], most)
    }
    return result
  }
}
