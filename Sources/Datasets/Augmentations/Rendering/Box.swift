import Tensors

/// A rectangle of pixels.
package struct Box: Equatable, Sendable {
  let top: Int
  let left: Int
  let height: Int
  let width: Int

  var area: Int { height * width }

  /// The numbers of each of its rows, in an image of `shape`.
  func forEachRow(of shape: ImageShape, _ body: (Range<Int>) -> Void) {
    for row in top..<top + height {
      let start = (row * shape.width + left) * shape.channels
      body(start..<start + width * shape.channels)
    }
  }
}
