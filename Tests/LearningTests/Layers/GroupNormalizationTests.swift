import Learning
import Tensors
import Testing

@Suite struct GroupNormalizationTests {
  @Test func `it has Keras's 32 groups, unless told otherwise`() throws {
    let image = ImageShape(height: 9, width: 7, channels: 64)
    #expect(
      try nodes("group_normalization", after: image)[0].operation
        == .groupNormalization(.init(epsilon: 0.001), groups: 32))
  }

  @Test func `groups that don't divide the channels are refused with one that does`() throws {
    let image = ImageShape(height: 9, width: 7, channels: 48)
    #expect(
      try refusal("group_normalization", after: image) == [
        "'group_normalization' cannot cut 48 channels into 32 equal groups",
        "'groups' must divide the channels; the next number that does is 24",
      ])
  }
}
