import Learning
import Tensors
import Testing

@Suite struct RescalingTests {
  @Test func `the offset is 0 unless told otherwise`() throws {
    let vector = ImageShape(flat: 6)
    #expect(
      try nodes("{type: rescaling, scale: 2}", after: vector).map(\.operation)
        == [.rescaling(scale: 2, offset: 0)])
    #expect(
      try nodes("{type: rescaling, scale: 2, offset: -1}", after: vector).map(\.operation)
        == [.rescaling(scale: 2, offset: -1)])
  }
}
