import Testing

@Suite struct RandomZoomTests {
  @Test func oneNumberKeepsTheProportions() throws {
    let maps = try drawnMaps("[{type: random_zoom, fraction: 0.2}]")
    expectUniform(maps.map { 1 / $0.matrix.x.x }, over: 0.8...1.2)
    #expect(maps.allSatisfy { $0.matrix.x.x == $0.matrix.y.y })
  }

  @Test func twoNumbersAreDrawnApart() throws {
    let maps = try drawnMaps("[{type: random_zoom, fraction: [0.1, 0.3]}]")
    expectUniform(maps.map { 1 / $0.matrix.y.y }, over: 0.9...1.1)
    expectUniform(maps.map { 1 / $0.matrix.x.x }, over: 0.7...1.3)
  }

  @Test func equalNumbersAreTwoToo() throws {
    let maps = try drawnMaps("[{type: random_zoom, fraction: [0.1, 0.1]}]")
    #expect(maps.contains { $0.matrix.x.x != $0.matrix.y.y })
    #expect(
      try augmentation("[{type: random_zoom, fraction: [0.1, 0.1]}]")[0].tree.canonicalJSON
        .contains("[0.1,0.1]"))
  }
}
