import Testing

@Suite struct AugmentedImageColoursTests {
  @Test(arguments: TorchvisionFixtures.changes("saturation"))
  func `saturation is torchvision's`(change: TorchvisionFixtures.Change) throws {
    let factor = try #require(change.arguments.factor)
    expectClose(
      changed(change.image, change.imageShape) { $0.adjustSaturation(by: factor) },
      change.result, torchvisionTolerance)
  }

  @Test(arguments: TorchvisionFixtures.changes("hue"))
  func `hue is torchvision's`(change: TorchvisionFixtures.Change) throws {
    let amount = try #require(change.arguments.factor)
    expectClose(
      changed(change.image, change.imageShape) { $0.adjustHue(by: amount) },
      change.result, torchvisionTolerance)
  }

  @Test(arguments: TorchvisionFixtures.changes("grayscale"))
  func `grey is torchvision's`(change: TorchvisionFixtures.Change) {
    expectClose(
      changed(change.image, change.imageShape) { $0.removeColours() }, change.result,
      torchvisionTolerance)
  }
}
