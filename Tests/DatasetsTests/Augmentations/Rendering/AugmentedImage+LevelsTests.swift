import Datasets
import Tensors
import Testing

@Suite struct AugmentedImageLevelsTests {
  @Test func `equalizing spreads levels as torchvision does`() throws {
    let fixture = try TorchvisionFixtures.all.get().equalized
    let shape = ImageShape(
      height: fixture.shape[0], width: fixture.shape[1], channels: fixture.shape[2])
    let found = changed(fixture.image, shape) { $0.equalize() }
    #expect(found != fixture.image)
    expectClose(found, fixture.result, torchvisionTolerance)
  }
}
