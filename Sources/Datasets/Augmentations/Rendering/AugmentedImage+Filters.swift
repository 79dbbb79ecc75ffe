internal import CKernels
import Glibc
import Tensors

extension AugmentedImage {
  /// The weights of a Gaussian with the standard deviation `sigma`, of which there are `size`, an odd number.
  package static func gaussian(size: Int, sigma: Double) -> [Float] {
    let weights = (0..<size).map { place in
      let distance = Double(place - size / 2) / sigma
      return exp(-0.5 * distance * distance)
    }
    let sum = weights.reduce(0, +)
    return weights.map { Float($0 / sum) }
  }

  /// Filters the image with `rows` along its rows and `columns` along its columns. Both have an odd number of weights,
  /// half of which are less than the image's side; beyond the edges it is mirrored: c b | a b c | b a.
  package mutating func filter(rows: [Float], columns: [Float]) {
    let shape = shape
    let (left, top) = (rows.count / 2, columns.count / 2)
    precondition(left < shape.width && top < shape.height)
    let line = shape.width * shape.channels
    let wide = line + 2 * left * shape.channels
    edit { pixels in
      let room = 2 * shape.height * wide + (shape.height + 2 * top) * line
      withUnsafeTemporaryAllocation(of: Float.self, capacity: room) { memory in
        guard let padded = memory.baseAddress, let target = pixels.baseAddress else { return }
        let filtered = padded + shape.height * wide
        let tall = filtered + shape.height * wide
        for row in 0..<shape.height {
          for column in -left..<shape.width + left {
            let source = (row * shape.width + mirrored(column, shape.width)) * shape.channels
            (padded + row * wide + (left + column) * shape.channels)
              .update(from: target + source, count: shape.channels)
          }
        }
        exp_filter(
          padded, rows, Int32(rows.count), Int32(shape.channels), filtered,
          Int32(shape.height * wide - 2 * left * shape.channels))
        for row in -top..<shape.height + top {
          (tall + (top + row) * line)
            .update(from: filtered + mirrored(row, shape.height) * wide, count: line)
        }
        exp_filter(
          tall, columns, Int32(columns.count), Int32(line), target, Int32(pixels.count))
      }
    }
  }

  /// Multiplies the difference of each number from those around it, as Pillow's `SMOOTH` filter has them, by `factor`;
  /// pixels at the edges stay.
  package mutating func adjustSharpness(by factor: Float) {
    let shape = shape
    let line = shape.width * shape.channels
    guard shape.height > 2, shape.width > 2 else { return }
    redraw { pixels, old in
      func three(around place: Int) -> Float {
        old[place - shape.channels] + old[place] + old[place + shape.channels]
      }
      for row in 1..<shape.height - 1 {
        for place in row * line + shape.channels..<(row + 1) * line - shape.channels {
          let nine =
            three(around: place - line) + three(around: place) + three(around: place + line)
          let mean = (nine + 4 * old[place]) / 13
          pixels[place] = old[place] + (1 - factor) * (mean - old[place])
        }
      }
      for place in pixels.indices { pixels[place] = min(max(pixels[place], 0), 1) }
    }
  }
}

/// A place on a line of `size` pixels, mirrored at the first and the last.
private func mirrored(_ place: Int, _ size: Int) -> Int {
  place < 0 ? -place : place < size ? place : 2 * (size - 1) - place
}
