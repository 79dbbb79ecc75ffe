import Foundation
import Metrics
import Testing

@Suite struct McNemarTestTests {
  @Test func statsmodelsAgrees() throws {
    let fixtures = try StatisticsFixture.load().mcnemar
    #expect(!fixtures.isEmpty)
    for row in fixtures {
      let test = McNemarTest(onlyFirst: Int(row[0]), onlySecond: Int(row[1]))
      #expect(test.pValue.isClose(to: row[2]), "\(test)")
    }
  }

  @Test(arguments: [1, 7, 30, 200])
  func smallCountsAreTossesOfACoin(count: Int) {
    // P(X ≤ 0) = 2⁻ⁿ on either side.
    #expect(
      McNemarTest(onlyFirst: count, onlySecond: 0).pValue.isClose(to: 2 * 1 / exp2(Double(count))))
  }

  @Test func withoutADifferenceNothingSpeaksForOne() {
    #expect(McNemarTest(onlyFirst: 0, onlySecond: 0).pValue == 1)
    #expect(McNemarTest(onlyFirst: 500_000, onlySecond: 500_000).pValue == 1)
    // Of an odd number of tosses, half have at most that many heads.
    for count in [0, 5, 100, 12_345] {
      #expect(McNemarTest(onlyFirst: count, onlySecond: count + 1).pValue == 1)
    }
  }
}
