import Learning
import Tensors
import Testing

@Suite struct SpatialDropout2DTests {
  @Test func `whole channels are dropped`() throws {
    let image = ImageShape(height: 9, width: 7, channels: 3)
    #expect(
      try nodes("{type: spatial_dropout2d, rate: 0.25}", after: image).map(\.operation)
        == [.dropout(rate: 0.25, wholeChannels: true)])
  }

  @Test func `a vector is refused`() throws {
    #expect(
      try refusal("{type: spatial_dropout2d, rate: 0.5}", after: ImageShape(flat: 6))?[0]
        == "'spatial_dropout2d' needs an image (height×width×channels), got a vector of 6")
  }
}
