import Foundation
import Metrics
import Testing

@Suite("Student's t is SciPy's")
struct StudentTTests {
  @Test func pValuesAgreeFarIntoTheTails() throws {
    for row in try StatisticsFixture.load().pValues {
      let pValue = StudentT(degreesOfFreedom: row[0]).pValue(row[1])
      #expect(pValue.isClose(to: row[2]), "ν = \(row[0]), t = \(row[1])")
    }
  }

  @Test func quantilesAgree() throws {
    for row in try StatisticsFixture.load().quantiles {
      let quantile = StudentT(degreesOfFreedom: row[0]).quantile(row[1])
      #expect(quantile.isClose(to: row[2]), "ν = \(row[0]), p = \(row[1])")
    }
  }

  @Test func nothingIsBeyondInfinity() {
    #expect(StudentT(degreesOfFreedom: 4).pValue(.infinity) == 0)
    #expect(StudentT(degreesOfFreedom: 4).pValue(-.infinity) == 0)
  }

  @Test(arguments: [1, 2.5, 30, 1000])
  func quantilesAreWherePValuesSay(degreesOfFreedom: Double) {
    let distribution = StudentT(degreesOfFreedom: degreesOfFreedom)
    for exponent in 1...200 {
      let pValue = exp2(-Double(exponent) / 4)
      #expect(distribution.pValue(distribution.quantile(pValue / 2)).isClose(to: pValue))
    }
  }
}
