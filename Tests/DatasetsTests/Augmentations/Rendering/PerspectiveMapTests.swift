import Datasets
import Testing

@Suite struct PerspectiveMapTests {
  @Test(arguments: TorchvisionFixtures.changes("perspective"))
  func `a perspective is torchvision's`(change: TorchvisionFixtures.Change) throws {
    let corners = try #require(change.arguments.corners).map { SIMD2($0[0], $0[1]) }
    let map = try #require(
      PerspectiveMap(corners: corners, width: change.shape[1], height: change.shape[0]))
    let found = changed(change.image, change.imageShape) { $0.move(by: map, Sampling()) }
    expectClose(found, change.result, torchvisionTolerance)
  }

  @Test func `corners go where they are told`() throws {
    let corners = [SIMD2(1.0, 2), SIMD2(6, 0), SIMD2(7, 7), SIMD2(2, 5)]
    let map = try #require(PerspectiveMap(corners: corners, width: 8, height: 8))
    let old = [SIMD2(0.0, 0), SIMD2(7, 0), SIMD2(7, 7), SIMD2(0, 7)]
    for (corner, place) in zip(corners, old) {
      // It maps places that are counted from the first pixel's corner, half a pixel before its centre.
      let found = try #require(map(corner - 0.5)) + 0.5
      #expect(abs(found.x - place.x) < 1e-9 && abs(found.y - place.y) < 1e-9)
    }
  }
}
