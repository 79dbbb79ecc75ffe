import Files
import Testing

@Suite struct TimestampTests {
  @Test func isoTextIsUTCAndReadsBack() {
    let moment = Timestamp(seconds: 1_795_377_966)
    #expect(moment.iso8601 == "2026-11-22T20:06:06.000Z")
    #expect(Timestamp(iso8601: "2026-11-22T20:06:06.000Z") == moment)
  }

  @Test(arguments: [
    "", "2026-11-22", "2026-06-31T00:00:00.000Z", "2026-11-22T20:06:06Z",
    "2026-11-22T20:06:06+01:00", "10000-01-01T00:00:00.000Z", "2147483647-01-01T00:00:00.000Z",
  ])
  func otherTextIsNoMoment(text: String) {
    #expect(Timestamp(iso8601: text) == nil)
  }

  @Test func folderNamesSortByTime() {
    let names = [0, 9, 70, 4000, 90_000, 1_795_377_966].map {
      Timestamp(seconds: $0).folderName
    }
    #expect(names == names.sorted())
    #expect(names.allSatisfy { $0.count == "2026-11-22_21-06-06".count })
  }
}
