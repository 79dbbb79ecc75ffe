import Metrics
import TextLayout

/// The two rates of some classes, each against the rest, as the threshold of its probability falls.
package struct ThresholdChart {
  /// What a chart shows.
  package enum Kind: String {
    /// True over false positive rate.
    case roc
    /// Precision over recall.
    case precisionRecall

    fileprivate var title: String { self == .roc ? "ROC curves" : "Precision-recall curves" }
    fileprivate var horizontal: String { self == .roc ? "false positive rate" : "recall" }
    fileprivate var vertical: String { self == .roc ? "true positive rate" : "precision" }
  }

  /// The curve of a class.
  package struct Line {
    package let counts: ThresholdCounts
    /// The number that decides colour and dashes.
    package let style: Int
    /// True if it is one of many in the background.
    package let isFaint: Bool

    package init(counts: ThresholdCounts, style: Int, isFaint: Bool) {
      self.counts = counts
      self.style = style
      self.isFaint = isFaint
    }
  }

  package let kind: Kind
  /// Those in the background first.
  package let lines: [Line]

  package init(kind: Kind, lines: [Line]) {
    self.kind = kind
    self.lines = lines
  }

  private let left = 48.0, right = 348.0, top = 28.0, bottom = 328.0

  /// The picture; `identifier` is unique on the page.
  package func svg(identifier: String) -> HTML {
    """
    <svg class="chart" viewBox="0 0 360 366" role="img" \
    aria-labelledby="\(identifier)-title" aria-describedby="\(identifier)-text">
    <title id="\(identifier)-title">\(kind.title)</title>
    <desc id="\(identifier)-text">Curves of \(kind.vertical) over \(kind.horizontal) for \
    \(counted(lines.count, "class", "classes")). The areas are in the table.</desc>
    \(grid)\(chance)\(lines.map(line))\
    <text class="tick" x="\(right.short)" y="\((bottom + 32).short)" text-anchor="end">\(kind.horizontal)</text>
    <text class="tick" x="\((left - 34).short)" y="\((top - 12).short)">\(kind.vertical)</text></svg>

    """
  }

  private func x(_ value: Double) -> Double { left + value * (right - left) }
  private func y(_ value: Double) -> Double { bottom - value * (bottom - top) }

  private var grid: HTML {
    let ticks: [Double] = [0, 0.25, 0.5, 0.75, 1]
    return HTML(
      ticks.map { tick -> HTML in
        """
        <line class="grid" x1="\(left.short)" x2="\(right.short)" y1="\(y(tick).short)" y2="\(y(tick).short)"/>\
        <text class="tick" x="\((left - 8).short)" y="\((y(tick) + 4).short)" text-anchor="end">\(tick.fixed(2))</text>
        <text class="tick" x="\(x(tick).short)" y="\((bottom + 16).short)" \
        text-anchor="\(tick == 1 ? "end" : "middle")">\(tick.fixed(2))</text>

        """
      })
  }

  /// The rates of guesses, which are the same for each class in one kind of chart only.
  private var chance: HTML? {
    guard kind == .roc else { return nil }
    return """
      <line class="ideal" x1="\(x(0).short)" y1="\(y(0).short)" x2="\(x(1).short)" y2="\(y(1).short)"/>

      """
  }

  private func line(_ line: Line) -> HTML {
    let points = thinned(kind == .roc ? roc(line.counts) : precisionRecall(line.counts))
      .map { "\(x($0.x).short),\(y($0.y).short)" }
    let classes =
      line.isFaint
      ? "line c5" : "line \(CurveChart.colour(line.style)) \(CurveChart.dashes(line.style))"
    return """
      <polyline class="\(classes)"\(line.isFaint ? " opacity=\".25\"" : nil) points="\(points.joined(separator: " "))"/>

      """
  }

  private typealias Point = SIMD2<Double>

  private func roc(_ counts: ThresholdCounts) -> [Point] {
    let (positives, negatives) = (Double(counts.positives), Double(counts.negatives))
    return [Point(0, 0)]
      + zip(counts.truePositives, counts.falsePositives).map {
        Point(Double($1) / negatives, Double($0) / positives)
      }
  }

  /// Steps, as the average precision sums them up: from one recall to the next at the precision of the latter.
  private func precisionRecall(_ counts: ThresholdCounts) -> [Point] {
    var (points, last) = ([Point](), 0.0)
    for (right, wrong) in zip(counts.truePositives, counts.falsePositives) {
      let recall = Double(right) / Double(counts.positives)
      let precision = Double(right) / Double(right + wrong)
      points += [Point(last, precision), Point(recall, precision)]
      last = recall
    }
    return points
  }

  /// The points without those that nobody could tell from the last one kept.
  private func thinned(_ points: [Point]) -> [Point] {
    var kept: [Point] = []
    for (place, point) in points.enumerated() {
      if let last = kept.last, place < points.count - 1 {
        let distance = (point - last) * (right - left)
        guard abs(distance.x) + abs(distance.y) >= 0.5 else { continue }
      }
      kept.append(point)
    }
    return kept
  }
}
