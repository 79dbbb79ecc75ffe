import Tensors
import Testing

@Suite struct WindowTests {
  private static let lengths = 1...12

  private func window(_ size: Int, _ stride: Int, _ padding: Window.Padding) -> Window {
    Window(size: [size, size + 1], strides: [stride, stride + 1], padding: padding)
  }

  @Test(arguments: 1...5, 1...4)
  func `valid windows lie inside the image`(size: Int, stride: Int) {
    let window = window(size, stride, .valid)
    for length in Self.lengths {
      let image = SIMD2(length, length + 2)
      // The places where a window begins such that it also ends inside.
      let rows = Array(Swift.stride(from: 0, through: image.x - size, by: stride))
      let columns = Array(Swift.stride(from: 0, through: image.y - size - 1, by: stride + 1))
      #expect(window.count(over: image) == [rows.count, columns.count])
      #expect(window.paddingBefore(image) == .zero)
      #expect(window.paddingAfter(image) == .zero)
    }
  }

  /// Keras: ⌈length ÷ stride⌉ windows, and as much padding as the last one needs, the odd one at the end.
  @Test(arguments: 1...5, 1...4)
  func `same windows begin all over the image`(size: Int, stride: Int) {
    let window = window(size, stride, .same)
    for length in Self.lengths {
      let image = SIMD2(length, length + 2)
      let rows = (0..<image.x).count { $0.isMultiple(of: stride) }
      let columns = (0..<image.y).count { $0.isMultiple(of: stride + 1) }
      #expect(window.count(over: image) == [rows, columns])
      let (before, after) = (window.paddingBefore(image), window.paddingAfter(image))
      #expect(before.x + after.x == max(0, (rows - 1) * stride + size - image.x))
      #expect(before.y + after.y == max(0, (columns - 1) * (stride + 1) + size + 1 - image.y))
      #expect((0...1).contains(after.x - before.x))
      #expect((0...1).contains(after.y - before.y))
    }
  }

  /// PyTorch: ⌊(length + padding − size) ÷ stride⌋ + 1 windows, the first of which begins outside.
  @Test(arguments: 1...5, 1...4)
  func `padded windows lie inside the image with what is around it`(size: Int, stride: Int) {
    for (before, after) in [(0, 0), (1, 1), (0, 2), (3, 1)] {
      let window = window(
        size, stride, .explicit(before: [before, after], after: [after, before]))
      for length in Self.lengths {
        let image = SIMD2(length, length + 2)
        let rows = Array(
          Swift.stride(from: -before, through: image.x + after - size, by: stride))
        let columns = Array(
          Swift.stride(from: -after, through: image.y + before - size - 1, by: stride + 1))
        #expect(window.count(over: image) == [rows.count, columns.count])
        #expect(window.paddingBefore(image) == [before, after])
        #expect(window.paddingAfter(image) == [after, before])
      }
    }
  }
}
