import Datasets
import Testing

@Suite struct AugmentedImageFiltersTests {
  @Test(arguments: TorchvisionFixtures.changes("blur"))
  func `blurring is torchvision's`(change: TorchvisionFixtures.Change) throws {
    let (height, width) = (
      try #require(change.arguments.height), try #require(change.arguments.width)
    )
    let sigma = try #require(change.arguments.sigma)
    let found = changed(change.image, change.imageShape) {
      $0.filter(
        rows: AugmentedImage.gaussian(size: width, sigma: sigma),
        columns: AugmentedImage.gaussian(size: height, sigma: sigma))
    }
    expectClose(found, change.result, torchvisionTolerance)
  }
}
