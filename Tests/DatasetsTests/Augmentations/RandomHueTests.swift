import Testing

@Suite struct RandomHueTests {
  @Test func `hues turn by even angles, brightness stays`() throws {
    let turns = try (0..<1000).map { sample in
      let found = try augmented(
        redAndBlue, twoColours, "[{type: random_hue, fraction: 0.1}]", sample: sample)
      #expect(abs(max(found[0], found[1], found[2]) - 0.75) < 1e-6)
      // Within a sixth of the circle from red, one of the others rises from 0.25.
      return Double(found[1] - found[2]) / 0.5 / 6
    }
    expectUniform(turns, over: -0.1...0.1)
  }

  @Test func `no more than half the circle, and no grey images`() throws {
    #expect(
      try mistakes("[{type: random_hue, factor: 0.6}]").first?.contains(
        "'random_hue' has no 'factor'; did you mean 'fraction'?") == true)
    #expect(
      try mistakes("[{type: random_hue, fraction: 0.6}]")
        == ["1:31: must be between 0 and 0.5, got 0.6"])
    #expect(
      try misfits("[{type: random_apply, steps: [{type: random_hue, fraction: 0.1}]}]", square)
        .count == 1)
  }
}
