import Learning
import Tensors
import Testing

@Suite struct LayerNormalizationTests {
  @Test func `it has gamma and beta for each channel`() throws {
    let image = ImageShape(height: 9, width: 7, channels: 3)
    #expect(try summary("layer_normalization", after: image) == "9×7×3, gamma [3], beta [3]")
    #expect(
      try nodes("layer_normalization", after: image)[0].operation
        == .layerNormalization(.init(epsilon: 0.001)))
  }
}
