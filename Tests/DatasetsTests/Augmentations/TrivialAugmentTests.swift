import Tensors
import Testing

@Suite struct TrivialAugmentTests {
  private let shape = ImageShape(height: 10, width: 10, channels: 3)

  @Test func `images are changed in many ways, and stay between black and white`() throws {
    let found = try (0..<500).map {
      try augmented(ramp(300), shape, "[trivial_augment]", sample: $0)
    }
    #expect(found.allSatisfy { image in image.allSatisfy { (0...1).contains($0) } })
    // One in 14 is left alone, and those of level 0, which is one in 31; equalizing does nothing to so few pixels.
    let unchanged = found.count { $0 == ramp(300) }
    #expect((40...200).contains(unchanged))
    #expect(Set(found).count > 200)
  }

  @Test func `grey images are fine, two channels are not`() throws {
    #expect(try misfits("[trivial_augment]", square) == [])
    #expect(
      try misfits("[trivial_augment]", ImageShape(height: 8, width: 8, channels: 2)) == [
        "1:2: 'trivial_augment' needs images with 1 channel or 3, these have 2; "
          + "leave 'trivial_augment' out"
      ])
  }
}
