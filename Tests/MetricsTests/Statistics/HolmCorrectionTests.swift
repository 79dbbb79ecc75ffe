import Metrics
import Testing

@Suite struct HolmCorrectionTests {
  @Test func statsmodelsAgrees() throws {
    let fixtures = try StatisticsFixture.load().holm
    #expect(!fixtures.isEmpty)
    for expected in fixtures {
      let adjusted = expected.pValues.map(Optional.some).holmAdjusted
      #expect(adjusted.count == expected.adjusted.count)
      for (ours, theirs) in zip(adjusted, expected.adjusted) {
        #expect(try #require(ours).isClose(to: theirs))
      }
    }
  }

  @Test func whatHasNoPValueDoesNotCount() {
    #expect([nil, 0.25, nil, 0.125].holmAdjusted == [nil, 0.25, nil, 0.25])
    #expect([Double?]([nil]).holmAdjusted == [nil])
    #expect([Double?]([]).holmAdjusted == [])
  }
}
