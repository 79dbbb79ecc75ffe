import Reports
import Testing

@Suite struct ChartScaleTests {
  private func labels(_ scale: ChartScale) -> [String] { scale.ticks.map(scale.label) }

  @Test func endsAreRound() {
    let scale = ChartScale(for: [0.13, 0.87])
    #expect(labels(scale) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(scale.position(of: scale.lower) == 0)
    #expect(scale.position(of: scale.upper) == 1)
    #expect(labels(ChartScale(for: [9712, 9991])) == ["9700", "9800", "9900", "10000"])
  }

  @Test func factorsOfTenAreLogarithmic() {
    let scale = ChartScale(for: [0.003, 0.9], preferring: .logarithmic)
    #expect(scale.kind == .logarithmic)
    #expect(labels(scale) == ["0.005", "0.01", "0.02", "0.05", "0.1", "0.2", "0.5"])
    let decade = scale.position(of: 0.1) - scale.position(of: 0.01)
    #expect(abs(scale.position(of: 0.5) - scale.position(of: 0.05) - decade) < 1e-12)
    #expect(ChartScale(for: [0.2, 0.9], preferring: .logarithmic).kind == .linear)
    #expect(ChartScale(for: [0, 0.9], preferring: .logarithmic).kind == .linear)
  }

  @Test func scoresNearOneAreSpreadOut() {
    let scale = ChartScale(for: [0.7, 0.99, 0.998, 1], preferring: .logarithmicFromOne)
    #expect(scale.kind == .logarithmicFromOne)
    #expect(labels(scale) == ["0.8", "0.9", "0.95", "0.98", "0.99", "0.995", "0.998"])
    #expect(scale.position(of: 1) == 1)
    #expect(scale.position(of: 0.99) < scale.position(of: 0.998))
    #expect(ChartScale(for: [0.7, 0.9], preferring: .logarithmicFromOne).kind == .linear)
    #expect(ChartScale(for: [1, 1], preferring: .logarithmicFromOne).kind == .linear)
  }

  @Test(
    arguments: [[], [0], [0.5], [0.5, 0.5], [-3], [1e300, -1e300], [1.7e308, -1.7e308]]
      as [[Double]])
  func everyValueHasAPlace(values: [Double]) {
    let scale = ChartScale(for: values)
    #expect(values.allSatisfy { (0...1).contains(scale.position(of: $0)) })
    #expect(scale.ticks.count < 20)
  }

  @Test func aScaleWithoutLengthHasNoTicks() {
    #expect(ChartScale(0, 0).ticks == [])
    #expect(ChartScale(-.greatestFiniteMagnitude, .greatestFiniteMagnitude).ticks == [])
  }

  @Test func hugeNumbersAreShort() {
    #expect(labels(ChartScale(for: [1e30, 3e30])).allSatisfy { $0.count < 8 })
  }
}
