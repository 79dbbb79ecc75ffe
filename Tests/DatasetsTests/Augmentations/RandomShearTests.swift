import Foundation
import Testing

@Suite struct RandomShearTests {
  @Test func anglesAreSpreadOverTheLimits() throws {
    let maps = try drawnMaps("[{type: random_shear, degrees: 20}]")
    expectUniform(maps.map { atan($0.matrix.x.y) * 180 / .pi }, over: -20...20)
    #expect(maps.allSatisfy { $0.matrix.y == [0, 1] && $0.matrix.x.x == 1 })
  }
}
