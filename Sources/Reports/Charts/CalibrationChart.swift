import Metrics
import TextLayout

/// A reliability diagram: how often predictions are right, by how sure they are.
struct CalibrationChart {
  let curve: CalibrationCurve

  private let left = 48.0, right = 348.0, top = 12.0, bottom = 240.0
  /// The counts stand below the diagram as bars of their own.
  private let countTop = 266.0, countBottom = 300.0

  /// The picture; `identifier` is unique on the page.
  func svg(identifier: String) -> HTML {
    let most = Double(curve.bins.map(\.count).max() ?? 1)
    return """
      <svg class="chart" viewBox="0 0 360 330" role="img" \
      aria-labelledby="\(identifier)-title" aria-describedby="\(identifier)-text">
      <title id="\(identifier)-title">Reliability diagram</title>
      <desc id="\(identifier)-text">\(summary)</desc>
      \(grid)\(curve.bins.map(bar))<line class="ideal" x1="\(x(0))" y1="\(y(0))" x2="\(x(1))" y2="\(y(1))"/>
      \(curve.bins.map(dot))\(curve.bins.map { count($0, of: most) })\
      <text class="tick" x="\(left.short)" y="\((countBottom + 14).short)">predictions in each bin</text>
      <text class="tick" x="\(right.short)" y="\((countBottom + 14).short)" text-anchor="end">confidence</text></svg>

      """
  }

  private var summary: String {
    "Share of right predictions by confidence, in \(curve.bins.count) bins; expected calibration error "
      + "\(curve.expectedCalibrationError.fixed(4)). The numbers are in the table beside it."
  }

  private func x(_ value: Double) -> String { (left + value * (right - left)).short }
  private func y(_ value: Double) -> String { (bottom - value * (bottom - top)).short }

  private var grid: HTML {
    let ticks: [Double] = [0, 0.25, 0.5, 0.75, 1]
    return HTML(
      ticks.map { tick -> HTML in
        """
        <line class="grid" x1="\(left.short)" x2="\(right.short)" y1="\(y(tick))" y2="\(y(tick))"/>\
        <text class="tick" x="\((left - 8).short)" y="\((bottom - tick * (bottom - top) + 4).short)" \
        text-anchor="end">\(tick.fixed(2))</text>
        <text class="tick" x="\(x(tick))" y="\((bottom + 14).short)" \
        text-anchor="\(tick == 1 ? "end" : "middle")">\(tick.fixed(2))</text>

        """
      })
  }

  private func bar(_ bin: CalibrationCurve.Bin) -> HTML? {
    guard let accuracy = bin.accuracy else { return nil }
    return rectangle("bar", bin, from: bottom - accuracy * (bottom - top), to: bottom)
  }

  private func dot(_ bin: CalibrationCurve.Bin) -> HTML? {
    guard let accuracy = bin.accuracy, let confidence = bin.confidence, confidence.isFinite else {
      return nil
    }
    return "<circle class=\"best c1\" cx=\"\(x(confidence))\" cy=\"\(y(accuracy))\" r=\"4\"/>\n"
  }

  private func count(_ bin: CalibrationCurve.Bin, of most: Double) -> HTML? {
    guard bin.count > 0 else { return nil }
    // A bin of few must still be seen beside one of thousands: by the root.
    let share = (Double(bin.count) / most).squareRoot()
    return rectangle(
      "count", bin, from: countBottom - max(1, share * (countBottom - countTop)), to: countBottom)
  }

  private func rectangle(
    _ name: String, _ bin: CalibrationCurve.Bin, from top: Double, to bottom: Double
  ) -> HTML {
    let (start, end) = (bin.lowerBound * (right - left), bin.upperBound * (right - left))
    return """
      <rect class="\(name)" x="\((left + start + 1).short)" width="\((end - start - 2).short)" \
      y="\(top.short)" height="\((bottom - top).short)"/>

      """
  }
}
