import Foundation
import Testing

@Suite struct RandomRotationTests {
  @Test func anglesAreSpreadOverTheLimits() throws {
    let maps = try drawnMaps("[{type: random_rotation, degrees: 15}]")
    expectUniform(maps.map { asin($0.matrix.y.x) * 180 / .pi }, over: -15...15)
    #expect(maps.allSatisfy { $0.shift == .zero })
  }

  @Test func turnsOfKerasAreNoticed() throws {
    #expect(
      try warnings("[{type: random_rotation, degrees: 0.1}]")
        == ["1:35: a turn by less than a degree changes next to nothing"])
    #expect(try warnings("[{type: random_rotation, degrees: 0}]") == [])
    #expect(try warnings("[{type: random_rotation, degrees: 5}]") == [])
  }

  @Test func whatIsBeyondTheEdgesIsTheBackgroundUnlessToldOtherwise() throws {
    let white = [Float](repeating: 1, count: 64)
    let turn = "type: random_rotation, degrees: 45"
    #expect(try augmented(white, square, "[{\(turn)}]")[0] == 0)
    #expect(try augmented(white, square, "[{\(turn), fill_mode: nearest}]") == white)
    #expect(try augmented(white, square, "[{\(turn), fill_mode: reflect}]") == white)
  }

  @Test func pixelsAreNotMixedUnlessWanted() throws {
    let turned = try augmented(
      ramp(64), square, "[{type: random_rotation, degrees: 45, interpolation: nearest}]")
    #expect(turned.allSatisfy { $0 == 0 || ramp(64).contains($0) })
    #expect(turned != ramp(64))
  }
}
