import Learning
import Specs
import Tensors
import Testing

@Suite struct Cropping2DTests {
  private let image = ImageShape(height: 6, width: 5, channels: 2)

  @Test(arguments: ["1": "4×3×2", "[0, 2]": "6×1×2", "[[1, 0], [0, 3]]": "5×2×2", "0": "6×5×2"])
  func `one number, a pair, or one for each side`(cropping: String, shape: String) throws {
    #expect(try summary("{type: cropping2d, cropping: \(cropping)}", after: image) == shape)
  }

  @Test func `nothing is cropped unless it says how much`() throws {
    #expect(try summary("cropping2d", after: image) == "6×5×2")
  }

  @Test(arguments: ["[3, 0]": (6, 0), "[[0, 0], [4, 1]]": (0, 5)])
  func `something has to be left`(cropping: String, taken: (Int, Int)) throws {
    #expect(
      try refusal("{type: cropping2d, cropping: \(cropping)}", after: image) == [
        "'cropping2d' takes away \(taken.0) rows and \(taken.1) columns, which leaves nothing of 6×5×2",
        "at least one row and one column must be left",
      ])
  }

  @Test func `a vector is refused`() throws {
    #expect(
      try refusal("cropping2d", after: ImageShape(flat: 4)) == [
        "'cropping2d' needs an image (height×width×channels), got a vector of 4",
        "put it before the layer that makes a vector",
      ])
  }
}
