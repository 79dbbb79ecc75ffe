import Metrics
import Records

/// One line of a chart: means over seeds, such as those of a column of history.csv in each epoch.
struct CurveSeries {
  /// A point of the line.
  struct Point: Hashable {
    /// The epoch, or the number of training images.
    let x: Int
    let mean: Double
    /// The values around the mean that are drawn with it; nil for a single seed.
    let band: ClosedRange<Double>?
  }

  /// The label at the end of the line.
  let label: String
  /// The full name of the line.
  let name: String
  /// The number that decides colour and dashes.
  let style: Int
  /// The points by rising x; at most `mostPoints`.
  let points: [Point]
  /// The best point; nil if neither direction is better, or there is no point.
  let best: Point?
  /// The number of values that are not finite, and so are not drawn.
  let omitted: Int

  /// More points than this cannot be distinguished, and make the page large.
  private static let mostPoints = 150

  /// The line through `points`, which rise.
  init(label: String, name: String, style: Int, points: [Point]) {
    self.label = label
    self.name = name
    self.style = style
    self.points = points
    best = nil
    omitted = 0
  }

  /// The line of a column of `histories`; bands are one standard deviation to both sides.
  init(label: String, name: String, style: Int, histories: [History], column: String) {
    self.label = label
    self.name = name
    self.style = style
    var (values, omitted): ([Int: [Double]], Int) = ([:], 0)
    for record in histories.flatMap(\.records) {
      guard let value = record[column] else { continue }
      if value.isFinite { values[record.epoch, default: []].append(value) } else { omitted += 1 }
    }
    self.omitted = omitted
    let all = values.sorted { $0.key < $1.key }.compactMap { epoch, values in
      SampleStatistics(values).map {
        Point(x: epoch, statistics: $0)
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

extension CurveSeries.Point {
  fileprivate init(x: Int, statistics: SampleStatistics) {
    let (mean, deviation) = (statistics.mean, statistics.standardDeviation)
    self.init(
      x: x, mean: mean,
      band: deviation.flatMap { $0.isFinite && mean.isFinite ? mean - $0...mean + $0 : nil })
  }
}

/// A column of history.csv that a chart can show.
struct CurveColumn: Hashable {
  let name: String

  init(_ name: String) { self.name = name }

  /// True if larger values are better, false if smaller ones are; nil if neither.
  var isHigherBetter: Bool? { EpochRecord.higherIsBetter(name) }

  /// The scale on which good values can still be distinguished.
  var scale: ChartScale.Kind { isHigherBetter == true ? .logarithmicFromOne : .logarithmic }

  /// The columns that can be drawn.
  static let all = EpochRecord.columns.filter { $0 != "epoch" }
}
