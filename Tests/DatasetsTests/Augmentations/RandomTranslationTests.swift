import Testing

@Suite struct RandomTranslationTests {
  @Test func distancesAreSpreadOverTheLimits() throws {
    let maps = try drawnMaps("[{type: random_translation, pixels: 2.8}]")
    expectUniform(maps.map(\.shift.x), over: -2.8...2.8)
    expectUniform(maps.map(\.shift.y), over: -2.8...2.8)
    #expect(maps.contains { $0.shift.x * $0.shift.y < -2 }, "the axes are drawn apart")
  }

  @Test func fractionsAreNoticed() throws {
    #expect(
      try warnings("[{type: random_translation, pixels: [0.1, 0.2]}]")
        == ["1:37: a move by less than half a pixel changes next to nothing"])
    #expect(try warnings("[{type: random_translation, pixels: [0, 1]}]") == [])
  }

  @Test func eachAxisCanHaveItsOwnLimit() throws {
    let maps = try drawnMaps("[{type: random_translation, pixels: [1, 3]}]")
    expectUniform(maps.map(\.shift.y), over: -1...1)
    expectUniform(maps.map(\.shift.x), over: -3...3)
  }
}
