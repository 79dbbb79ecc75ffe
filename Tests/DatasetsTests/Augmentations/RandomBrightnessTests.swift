import Testing

@Suite struct RandomBrightnessTests {
  @Test func oneNumberIsAddedToAll() throws {
    var changes: [Double] = []
    for sample in 0..<1000 {
      let found = try augmented(
        [0.5, 0.4, 0, 1], pixels, "[{type: random_brightness, fraction: 0.3}]", sample: sample)
      changes.append(Double(found[0] - 0.5))
      #expect(abs(found[0] - found[1] - 0.1) < 1e-6)
      #expect(abs(found[2] - max(0, found[0] - 0.5)) < 1e-6, "no darker than black")
      #expect(abs(found[3] - min(1, found[0] + 0.5)) < 1e-6, "no brighter than white")
    }
    expectUniform(changes, over: -0.3...0.3)
  }

  @Test func `all channels become brighter by the same`() throws {
    let found = try augmented(
      redAndBlue, twoColours, "[{type: random_brightness, fraction: 0.2}]")
    let changes = zip(found, redAndBlue).map { $0 - $1 }
    #expect(changes.allSatisfy { abs($0 - changes[0]) < 1e-6 && $0 != 0 })
  }
}
