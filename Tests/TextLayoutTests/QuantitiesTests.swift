import Testing
import TextLayout

@Suite struct QuantitiesTests {
  @Test(arguments: [(0, "0 runs"), (1, "1 run"), (2, "2 runs"), (12_000, "12,000 runs")])
  func `things are counted in the singular and the plural`(count: Int, text: String) {
    #expect(counted(count, "run") == text)
  }

  @Test(arguments: [
    (55_400_000, "55 MB"), (8_230, "8.2 kB"), (999_600_000, "1.0 GB"), (994_000_000, "994 MB"),
    (1 << 60, "1,152,922 TB"),
  ])
  func `bytes are told in the unit that fits`(count: Int, text: String) {
    #expect(count.bytesInWords == text)
  }
}
