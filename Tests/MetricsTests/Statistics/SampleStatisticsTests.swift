import Metrics
import Testing

@Suite struct SampleStatisticsTests {
  @Test(arguments: try StatisticsFixture.load().intervals)
  func sciPyAgrees(expected: StatisticsFixture.Interval) throws {
    let statistics = try #require(SampleStatistics(expected.values))
    #expect(statistics.count == expected.values.count)
    #expect(statistics.mean.isClose(to: expected.mean))
    #expect((statistics.standardDeviation == nil) == (expected.deviation == nil))
    if let deviation = statistics.standardDeviation, let theirs = expected.deviation {
      #expect(deviation.isClose(to: theirs), "\(deviation) is not \(theirs)")
    }
    let interval = statistics.confidenceInterval(of: .nonNegative, level: expected.level)
    #expect((interval == nil) == (expected.nonNegative == nil))
    if let interval, let theirs = expected.nonNegative {
      #expect(interval.isClose(to: theirs), "\(interval) is not \(theirs)")
    }
    guard expected.values.allSatisfy((0...1).contains) else { return }
    let fraction = statistics.confidenceInterval(of: .unitInterval, level: expected.level)
    #expect((fraction == nil) == (expected.unitInterval == nil))
    if let fraction, let theirs = expected.unitInterval {
      #expect(fraction.isClose(to: theirs), "\(fraction) is not \(theirs)")
      #expect(fraction.lowerBound >= 0 && fraction.upperBound <= 1)
      #expect(fraction.contains(statistics.mean))
    }
  }

  @Test(arguments: [0.0, 0.98, 1], 2...5)
  func `equal scores have no interval, at 0 and 1 as elsewhere`(
    value: Double, count: Int
  ) throws {
    let statistics = try #require(SampleStatistics(Array(repeating: value, count: count)))
    #expect(statistics.confidenceInterval(of: .unitInterval) == nil)
    #expect(statistics.confidenceInterval(of: .nonNegative) == nil)
  }

  @Test func deviationIsTheSampleOne() throws {
    let statistics = try #require(SampleStatistics([2, 4, 4, 4, 5, 5, 7, 9]))
    #expect(statistics.count == 8)
    #expect(statistics.mean == 5)
    #expect(abs(try #require(statistics.standardDeviation) - 2.138089935299395) < 1e-12)
  }

  @Test(arguments: [0.1, 0.98, 1.0 / 3], 1...20)
  func equalValuesHaveNoSpread(value: Double, count: Int) throws {
    let statistics = try #require(SampleStatistics(Array(repeating: value, count: count)))
    #expect(statistics.mean == value)
    #expect(statistics.standardDeviation ?? 0 == 0)
  }

  @Test func intervalsAreOf95PercentUnlessToldOtherwise() throws {
    let statistics = try #require(SampleStatistics([0.1, 0.2, 0.3]))
    for range in [ValueRange.nonNegative, .unitInterval] {
      #expect(
        statistics.confidenceInterval(of: range)
          == statistics.confidenceInterval(of: range, level: 0.95))
    }
  }

  @Test func oneValueHasNeitherDeviationNorInterval() throws {
    let statistics = try #require(SampleStatistics([0.99]))
    #expect(statistics.mean == 0.99)
    #expect(statistics.standardDeviation == nil)
    #expect(statistics.confidenceInterval(of: .unitInterval) == nil)
    #expect(statistics.confidenceInterval(of: .nonNegative) == nil)
  }

  @Test(arguments: [Double.nan, .infinity])
  func whatIsNotFiniteHasNoInterval(value: Double) throws {
    let statistics = try #require(SampleStatistics([value, 1, 0.5]))
    #expect(statistics.confidenceInterval(of: .nonNegative) == nil)
    #expect(statistics.confidenceInterval(of: .unitInterval) == nil)
  }

  @Test("of infinity and numbers the mean is infinite, in whatever order")
  func infinityIsAMean() throws {
    for values in [[.infinity], [.infinity, 1], [1, .infinity]] as [[Double]] {
      #expect(SampleStatistics(values)?.mean == .infinity)
      #expect(SampleStatistics(values.map { -$0 })?.mean == -.infinity)
    }
    for values in [[.infinity, -.infinity], [.nan, 1], [1, .nan]] as [[Double]] {
      #expect(try #require(SampleStatistics(values)).mean.isNaN)
    }
  }

  @Test func noValuesHaveNoStatistics() {
    #expect(SampleStatistics([]) == nil)
  }
}
