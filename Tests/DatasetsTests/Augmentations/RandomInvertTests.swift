import Testing

@Suite struct RandomInvertTests {
  @Test func blackBecomesWhiteInAsManyImagesAsAskedFor() throws {
    let found = try (0..<1000).map {
      try augmented([0, 0.25, 1, 0.5], pixels, "[{type: random_invert}]", sample: $0)
    }
    let inverted = found.count { $0 == [1, 0.75, 0, 0.5] }
    #expect(abs(inverted - 500) < 65)
    #expect(found.count { $0 == [0, 0.25, 1, 0.5] } == 1000 - inverted)
  }
}
