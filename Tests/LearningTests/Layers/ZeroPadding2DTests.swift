import Learning
import Specs
import Tensors
import Testing

@Suite struct ZeroPadding2DTests {
  private let image = ImageShape(height: 4, width: 3, channels: 2)

  @Test(arguments: [
    "1": "6×5×2", "[0, 2]": "4×7×2", "[[1, 0], [0, 3]]": "5×6×2", "[[2, 2], [1, 1]]": "8×5×2",
  ])
  func `one number, a pair, or one for each side`(padding: String, shape: String) throws {
    #expect(try summary("{type: zero_padding2d, padding: \(padding)}", after: image) == shape)
  }

  @Test(arguments: ["1", "[0,2]", "[[1,0],[0,3]]"])
  func `a resolved spec has it as it was written`(padding: String) throws {
    let layer: OneOf<LayerCatalog> = try declared("{type: zero_padding2d, padding: \(padding)}")
    #expect(layer.tree.json.contains("\"padding\":\(padding),"))
  }

  @Test(arguments: [
    "-1": "must be between 0 and 500, got -1",
    "[[1, 2]]":
      "needs a whole number, [rows, columns] or [[top, bottom], [left, right]], got a list",
    "[[1, 2], 3]":
      "needs a whole number, [rows, columns] or [[top, bottom], [left, right]], got a list",
    "[[1, x], [0, 0]]": "needs a whole number, got 'x'",
  ])
  func `anything else is refused`(padding: String, message: String) {
    let found = findings(
      "{type: zero_padding2d, padding: \(padding)}", as: OneOf<LayerCatalog>.self)
    #expect(found.contains("error: \(message)\n"))
  }
}
