import Metrics
import Testing

@Suite struct SampleStatisticsTests {
  @Test func deviationIsTheSampleOne() throws {
    let statistics = try #require(SampleStatistics([2, 4, 4, 4, 5, 5, 7, 9]))
    #expect(statistics.count == 8)
    #expect(statistics.mean == 5)
    #expect(abs(try #require(statistics.standardDeviation) - 2.138089935299395) < 1e-12)
  }

  @Test func oneValueHasNoDeviation() throws {
    let statistics = try #require(SampleStatistics([0.99]))
    #expect(statistics.mean == 0.99)
    #expect(statistics.standardDeviation == nil)
  }

  @Test func noValuesHaveNoStatistics() {
    #expect(SampleStatistics([]) == nil)
  }
}
