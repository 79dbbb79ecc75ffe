internal import COneDNN
import Tensors

/// Products of matrices by oneDNN, on the calling thread alone.
struct LibraryProducts: MatrixProducts {
  func multiply(
    _ a: UnsafePointer<Float>, transposed aIsTransposed: Bool, _ b: UnsafePointer<Float>,
    transposed bIsTransposed: Bool, into result: UnsafeMutablePointer<Float>, rows: Int,
    inner: Int, columns: Int
  ) {
    let status = exp_multiply(
      a, aIsTransposed, Int64(aIsTransposed ? rows : inner), b, bIsTransposed,
      Int64(bIsTransposed ? inner : columns), result, Int64(rows), Int64(inner), Int64(columns))
    precondition(status == 0, "a product of matrices: status \(status)")
  }
}
