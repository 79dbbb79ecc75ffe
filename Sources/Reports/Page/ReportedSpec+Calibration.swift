import Metrics
import TextLayout

extension ReportedSpec {
  /// The calibration of the probabilities, as a diagram and a table.
  var calibration: HTML? {
    guard let curve = predictions?.calibration else { return nil }
    let table = PageTable(
      caption: "Predictions by confidence",
      columns: [
        .text("confidence"), .number("predictions"), .number("mean confidence"),
        .number("accuracy"),
      ],
      rows: curve.bins.filter { $0.count > 0 }.map { bin in
        [
          .init("\(bin.lowerBound.fixed(1)) – \(bin.upperBound.fixed(1))"), .init(bin.count),
          .init(bin.confidence, 4), .init(bin.accuracy, 4),
        ]
      })
    let note: HTML = """
      <p class="note">How often predictions are right, by how sure they are. Dots on the diagonal: as often as the \
      probabilities say. Expected calibration error: <b>\(curve.expectedCalibrationError.fixed(4))</b>\(calibrated). \(seedNote)</p>

      """
    return """
      <h4>Calibration</h4>
      \(note)<div class="beside">
      <figure>\(CalibrationChart(curve: curve).svg(identifier: identifier("calibration")))</figure>
      \(table.html)</div>

      """
  }

  /// The error that is left at the temperature fitted on validation images, in words; nil if there is none.
  private var calibrated: HTML? {
    guard let temperature = shownResults?.temperature, shownResults?.test != nil,
      let curve = predictions?.scaled(by: .init(temperature: temperature)).calibration
    else { return nil }
    return """
      , and <b>\(curve.expectedCalibrationError.fixed(4))</b> with logits divided by \(temperature.fixed(3)), \
      the temperature fitted on validation images
      """
  }
}
