import Tensors

/// Products of matrices by definition.
package struct PlainProducts: MatrixProducts {
  package init() {}

  package func multiply(
    _ a: UnsafePointer<Float>, transposed aIsTransposed: Bool, _ b: UnsafePointer<Float>,
    transposed bIsTransposed: Bool, into result: UnsafeMutablePointer<Float>, rows: Int,
    inner: Int, columns: Int
  ) {
    for row in 0..<rows {
      for column in 0..<columns {
        var sum = 0.0
        for index in 0..<inner {
          let left = aIsTransposed ? a[index * rows + row] : a[row * inner + index]
          let right = bIsTransposed ? b[column * inner + index] : b[index * columns + column]
          sum += Double(left) * Double(right)
        }
        result[row * columns + column] = Float(sum)
      }
    }
  }
}
