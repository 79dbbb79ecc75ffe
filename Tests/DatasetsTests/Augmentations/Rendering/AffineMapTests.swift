import Datasets
import Testing

@Suite struct AffineMapTests {
  @Test func mapsOfOneKindAddUp() {
    let turned = AffineMap.rotation(degrees: 90).followed(by: .rotation(degrees: -90))
    #expect(turned == .identity)
    #expect(
      AffineMap.translation(right: 1, down: 2).followed(by: .translation(right: 3, down: -1))
        == .translation(right: 4, down: 1))
    #expect(
      AffineMap.zoom(width: 2, height: 4).followed(by: .zoom(width: 0.5, height: 0.25))
        == .identity)
    #expect(
      AffineMap.mirror(acrossWidth: true, acrossHeight: false)
        .followed(by: .mirror(acrossWidth: true, acrossHeight: true))
        == .mirror(acrossWidth: false, acrossHeight: true))
  }
}
