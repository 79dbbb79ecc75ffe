import Tensors
import Testing

@Suite struct RandAugmentTests {
  private let shape = ImageShape(height: 10, width: 10, channels: 3)

  @Test func `more operations change more images`() throws {
    func unchanged(_ yaml: String) throws -> Int {
      try (0..<400).count { try augmented(ramp(300), shape, yaml, sample: $0) == ramp(300) }
    }
    let one = try unchanged("[{type: rand_augment, num_ops: 1}]")
    let three = try unchanged("[{type: rand_augment, num_ops: 3}]")
    #expect(one > 2 * three)
  }

  @Test func `numbers stay between black and white at any magnitude`() throws {
    for magnitude in [0, 9, 30] {
      for sample in 0..<100 {
        let found = try augmented(
          ramp(300), shape, "[{type: rand_augment, num_ops: 4, magnitude: \(magnitude)}]",
          sample: sample)
        #expect(found.allSatisfy { (0...1).contains($0) })
      }
    }
  }

  @Test func `magnitudes beyond torchvision's bins are errors`() throws {
    #expect(
      try mistakes("[{type: rand_augment, magnitude: 31}]")
        == ["1:34: must be between 0 and 30, got 31"])
    #expect(try misfits("[rand_augment]", square) == [])
  }
}
