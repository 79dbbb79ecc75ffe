import Datasets
import Testing

@Suite struct RandomCropTests {
  @Test func `every place of the padded image is as likely as the others`() throws {
    let image = ramp(64)
    var counts: [[Int]: Int] = [:]
    for sample in 0..<3000 {
      let found = try augmented(
        image, square, "[{type: random_crop, padding: [1, 2], fill_value: 1}]", sample: sample)
      let place = try #require(
        (-1...1).flatMap { down in (-2...2).map { [down, $0] } }.first { place in
          found
            == (0..<64).map { index in
              let (row, column) = (index / 8 - place[0], index % 8 - place[1])
              return (0..<8).contains(row) && (0..<8).contains(column)
                ? image[row * 8 + column] : 1
            }
        })
      counts[place, default: 0] += 1
    }
    #expect(counts.count == 15)
    // 200 each; five standard deviations of a binomial count are 68.
    #expect(counts.values.allSatisfy { abs($0 - 200) < 68 })
  }

  @Test(arguments: TorchvisionFixtures.changes("crop"))
  func `padding and cropping is torchvision's`(change: TorchvisionFixtures.Change) throws {
    let (down, right) = (try #require(change.arguments.down), try #require(change.arguments.right))
    let fill = try #require(change.arguments.fill)
    let found = changed(change.image, change.imageShape) {
      RandomCrop.move(&$0, down: down, right: right, fill: fill)
    }
    expectClose(found, change.result, 1e-6)
  }

  @Test func `colours move together`() {
    let found = changed(redAndBlue, twoColours) {
      RandomCrop.move(&$0, down: 0, right: 1, fill: 0)
    }
    #expect(found == [0, 0, 0, 0.75, 0.25, 0.25])
  }

  @Test func `images that are moved out of sight leave the filling`() {
    for (down, right) in [(1, 0), (-3, 0), (0, 2), (0, -9), (7, -7)] {
      let found = changed(redAndBlue, twoColours) {
        RandomCrop.move(&$0, down: down, right: right, fill: 0.5)
      }
      #expect(found == [Float](repeating: 0.5, count: 6))
    }
  }

  @Test func `torchvision's size is not needed`() throws {
    #expect(
      try mistakes("[{type: random_crop, size: 32, padding: 4}]")
        == [
          "1:22: 'random_crop' has no 'size'; 'random_crop' moves images by up to 'padding' pixels and keeps their size; "
            + "'image_size' of a dataset resizes"
        ])
  }
}
