import Tensors
import Testing

@Suite struct RandomErasingTests {
  private let shape = ImageShape(height: 30, width: 20, channels: 1)
  private let white = [Float](repeating: 1, count: 600)

  @Test func theBoxHasTheAreaAndProportionsAskedFor() throws {
    let step = "[{type: random_erasing, probability: 1, scale: [0.1, 0.2], ratio: [0.5, 2]}]"
    var areas: [Int] = []
    for sample in 0..<300 {
      let found = try augmented(white, shape, step, sample: sample)
      let erased = found.indices.filter { found[$0] == 0 }
      let rows = Set(erased.map { $0 / 20 })
      let columns = Set(erased.map { $0 % 20 })
      #expect(erased.count == rows.count * columns.count, "it is a box")
      // Sides are whole pixels, so the limits are met to half a pixel a side.
      #expect((45...140).contains(erased.count))
      #expect((0.4...2.4).contains(Double(rows.count) / Double(columns.count)))
      areas.append(erased.count)
    }
    #expect((areas.min() ?? 0) < 70)
    #expect((areas.max() ?? 0) > 110)
  }

  @Test func asManyImagesAsAskedForLoseABox() throws {
    let step = "[{type: random_erasing, probability: 0.3, fill_value: 0.5}]"
    let found = try (0..<1000).map { try augmented(white, shape, step, sample: $0) }
    let count = found.count { $0.contains(0.5) }
    #expect(abs(count - 300) < 60)
    #expect(found.allSatisfy { image in image.allSatisfy { $0 == 1 || $0 == 0.5 } })
  }

  @Test func limitsComeInOrder() throws {
    #expect(
      try mistakes("[{type: random_erasing, scale: [0.3, 0.1]}]")
        == ["1:32: 'scale' must name the smaller number first; write [0.1, 0.3]"])
    #expect(
      try mistakes("[{type: random_erasing, ratio: [1]}]")
        == ["1:32: must have 2 items, got [1.0]"])
  }

  @Test func `a box covers all channels`() throws {
    let shape = ImageShape(height: 8, width: 9, channels: 3)
    for sample in 0..<50 {
      let found = try augmented(
        [Float](repeating: 1, count: 216), shape,
        "[{type: random_erasing, probability: 1, fill_value: 0.5}]", sample: sample)
      for pixel in stride(from: 0, to: 216, by: 3) {
        #expect(Set(found[pixel..<pixel + 3]).count == 1)
      }
    }
  }
}
