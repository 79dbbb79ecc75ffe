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

  /// A machine without a battery may begin there, and time zones reach back to it.
  @Test(arguments: [
    (-1, "1969-12-31T23:59:59.999Z"), (-999, "1969-12-31T23:59:59.001Z"),
    (-1000, "1969-12-31T23:59:59.000Z"), (-1001, "1969-12-31T23:59:58.999Z"),
    (-86_400_000, "1969-12-31T00:00:00.000Z"),
  ])
  func `moments before 1970 are as good as others`(milliseconds: Int, text: String) {
    let moment = Timestamp(seconds: 0, milliseconds: milliseconds)
    #expect(moment.iso8601 == text)
    #expect(Timestamp(iso8601: text) == moment)
    #expect(moment < Timestamp(seconds: 0))
    #expect(moment.folderName.count == "1969-12-31_23-59-59".count)
  }

  @Test func folderNamesSortByTime() {
    let names = [0, 9, 70, 4000, 90_000, 1_795_377_966].map {
      Timestamp(seconds: $0).folderName
    }
    #expect(names == names.sorted())
    #expect(names.allSatisfy { $0.count == "2026-11-22_21-06-06".count })
  }
}
