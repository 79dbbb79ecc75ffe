import Foundation
import Testing
import TextLayout

@Suite struct FixedPointTests {
  @Test(arguments: [
    0, -0.0, 0.5, 1.5, 2.5, 0.25, 0.125, 0.0625, 0.03125, 0.00005, 0.99995, 0.999949999, 1e-9,
    1e-40,
    1e-300, 1, 9.9999999, 123_456.789, 1e15, 4_503_599_627_370_495.5, 1e17, 1e300, -1.005, -0.00001,
    .infinity, -.infinity, .nan,
  ])
  func roundsAsPrintfDoes(value: Double) {
    for digits in [0, 1, 2, 4, 6, 9, 12] {
      #expect(value.fixed(digits) == String(format: "%.\(digits)f", value))
    }
  }

  @Test func roundsAsPrintfDoesWhateverTheNumber() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let share = Double.random(in: -1...1, using: &random)
      let sixteenths = Double(Int.random(in: -4096...4096, using: &random)) / 4096
      let any = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &random))
      for value in [share, share * 1000, sixteenths, any] {
        #expect(value.fixed(4) == String(format: "%.4f", value), "\(value.bitPattern)")
      }
    }
  }
}
