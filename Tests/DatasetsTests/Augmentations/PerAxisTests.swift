import Datasets
import Testing

@Suite struct PerAxisTests {
  @Test func oneNumberOrTwo() throws {
    #expect(try mistakes("[{type: random_translation, pixels: 2}]") == [])
    #expect(try mistakes("[{type: random_translation, pixels: [1, 2.5]}]") == [])
    #expect(
      try mistakes("[{type: random_translation, pixels: [1, 2, 3]}]")
        == ["1:37: needs a number or [height, width], got a list"])
    #expect(
      try mistakes("[{type: random_zoom, fraction: 10%}]")
        == ["1:32: needs a number or [height, width], got '10%'; write 0.1"])
    #expect(
      try mistakes("[{type: random_zoom, fraction: [0.1, x]}]")
        == ["1:38: needs a number, got 'x'"])
  }

  @Test func boundsHoldForBoth() throws {
    #expect(
      try mistakes("[{type: random_zoom, fraction: [0.1, 1]}]").map { $0.prefix(48) }
        == ["1:32: must be at least 0 and less than 1, got [0"])
  }
}
