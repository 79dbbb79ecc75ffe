import Tensors
import Testing

@Suite struct FlattenTests {
  @Test func `an image becomes a vector, and a vector stays one`() throws {
    let image = ImageShape(height: 9, width: 7, channels: 3)
    #expect(try summary("flatten", after: image) == "189")
    #expect(try summary("flatten", after: ImageShape(flat: 12)) == "12")
    #expect(try nodes("flatten", after: image).last?.shape.isFlat == true)
  }
}
