import COneDNN

/// The library's product of large matrices, on the calling thread.
struct MatrixProduct {
  /// Rows and columns.
  private static let size = 1024
  private let factor = [Float](repeating: 0.5, count: size * size)
  private var product = [Float](repeating: 0, count: size * size)

  let operations = 2 * Double(size) * Double(size) * Double(size)

  mutating func run() {
    let length = Int64(Self.size)
    let status = exp_multiply(
      factor, false, length, factor, false, length, &product, length, length, length)
    precondition(status == 0, "a product of matrices: status \(status)")
  }
}
