import Metrics
import Testing

@Suite("Tests of differences are SciPy's")
struct MeanDifferenceTests {
  @Test(arguments: try StatisticsFixture.load().differences)
  func sciPyAgrees(expected: StatisticsFixture.Difference) throws {
    let difference = try #require(
      expected.paired
        ? MeanDifference(paired: Array(zip(expected.first, expected.second)))
        : MeanDifference(independent: expected.first, expected.second))
    #expect(difference.isPaired == expected.paired)
    #expect(difference.mean.isClose(to: expected.mean))
    #expect((difference.pValue == nil) == (expected.pValue == nil))
    if let pValue = difference.pValue, let theirs = expected.pValue {
      #expect(pValue.isClose(to: theirs), "\(pValue) is not \(theirs)")
    }
    #expect((difference.interval == nil) == (expected.interval == nil))
    if let interval = difference.interval, let theirs = expected.interval {
      #expect(interval.isClose(to: theirs), "\(interval) is not \(theirs)")
    }
  }

  @Test func countsArePairsOrAllValues() {
    #expect(MeanDifference(paired: [(1, 2), (2, 2), (3, 1)])?.count == 3)
    #expect(MeanDifference(independent: [1, 2, 3], [4, 5])?.count == 5)
  }

  @Test func whereASideIsEmptyThereIsNoDifference() {
    #expect(MeanDifference(paired: []) == nil)
    #expect(MeanDifference(independent: [], [1]) == nil)
    #expect(MeanDifference(independent: [1], []) == nil)
  }

  @Test func nothingCanBeToldOfWhatIsNotFinite() throws {
    for value in [Double.nan, .infinity] {
      let difference = try #require(MeanDifference(paired: [(value, 1), (2, 1), (3, 1)]))
      #expect(difference.interval == nil)
      #expect(difference.pValue == nil)
    }
  }
}
