import Metrics
import Testing

@Suite struct HolmCorrectionTests {
  @Test func statsmodelsAgrees() throws {
    for expected in try StatisticsFixture.load().holm {
      let adjusted = expected.pValues.map(Optional.some).holmAdjusted
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
