import Metrics
import Records

/// One line of a chart: a column of history.csv over the epochs, as mean over seeds.
struct CurveSeries {
  /// An epoch of the line.
  struct Point: Hashable {
    let epoch: Int
    let mean: Double
    /// The deviation over the seeds that trained this long; nil for a single one.
    let standardDeviation: Double?
  }

  /// The label at the end of the line.
  let label: String
  /// The full name of the line.
  let name: String
  /// The number that decides colour and dashes.
  let style: Int
  /// The points by epoch; at most `mostPoints`.
  let points: [Point]
  /// The best point; nil if neither direction is better, or there is no point.
  let best: Point?
  /// The number of values that are not finite, and so are not drawn.
  let omitted: Int

  /// More points than this cannot be distinguished, and make the page large.
  private static let mostPoints = 150

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

  /// True if larger values are better, false if smaller ones are; nil if neither.
  var isHigherBetter: Bool? { EpochRecord.higherIsBetter(name) }

  /// The scale on which good values can still be distinguished.
  var scale: ChartScale.Kind { isHigherBetter == true ? .logarithmicFromOne : .logarithmic }

  /// The columns that can be drawn.
  static let all = EpochRecord.columns.filter { $0 != "epoch" }
}
