import Metrics
import Records

/// One line of a chart: a column of history.csv over the epochs, as mean over seeds.
struct CurveSeries {
  /// An epoch of the line.
  struct Point: Hashable {
    let epoch: Int
    let mean: Double
    /// Of the seeds that trained so long; nil for a single one.
    let standardDeviation: Double?
  }

  /// What stands at the end of the line.
  let label: String
  /// What the line is, at length.
  let name: String
  /// Decides colour and dashes.
  let style: Int
  /// By epoch; at most `mostPoints`.
  let points: [Point]
  /// The point that is best; nil where no direction is better, and where there is no point.
  let best: Point?
  /// Values that are no finite numbers, and so no points.
  let omitted: Int

  /// More points than these cannot be told apart, and make the page large.
  private static let mostPoints = 150

  init(label: String, name: String, style: Int, histories: [History], column: String) {
    (self.label, self.name, self.style) = (label, name, style)
    var (values, omitted): ([Int: [Double]], Int) = ([:], 0)
    for record in histories.flatMap(\.records) {
      guard let value = record[column] else { continue }
      if value.isFinite { values[record.epoch, default: []].append(value) } else { omitted += 1 }
    }
    self.omitted = omitted
    let all = values.sorted { $0.key < $1.key }.compactMap { epoch, values in
      SampleStatistics(values).map {
        Point(epoch: epoch, mean: $0.mean, standardDeviation: $0.standardDeviation)
      }
    }.filter(\.mean.isFinite)
    let isHigherBetter = CurveColumn(column).isHigherBetter
    let best = isHigherBetter.flatMap { isHigherBetter in
      all.min { isHigherBetter ? $0.mean > $1.mean : $0.mean < $1.mean }
    }
    self.best = best
    let stride = (all.count + Self.mostPoints - 1) / Self.mostPoints
    points = all.enumerated().filter { index, point in
      stride < 2 || index % stride == 0 || index == all.count - 1 || point == best
    }.map(\.element)
  }
}

/// A column of history.csv that a chart can show.
struct CurveColumn: Hashable {
  let name: String

  init(_ name: String) { self.name = name }

  /// Whether larger values are better ones; nil where neither is.
  var isHigherBetter: Bool? { EpochRecord.higherIsBetter(name) }

  /// The scale on which good values can still be told apart.
  var scale: ChartScale.Kind { isHigherBetter == true ? .logarithmicFromOne : .logarithmic }

  /// The columns that can be drawn.
  static let all = EpochRecord.columns.filter { $0 != "epoch" }
}
