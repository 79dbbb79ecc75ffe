internal import COneDNN

extension OneDNNLibrary {
  /// Rows and columns of the matrices whose product is measured.
  package static let limitSize = 1024

  /// Floating-point operations a second that this machine reaches in the library's product of large matrices, on
  /// `threads` threads that compute one each. The best of several rounds.
  ///
  /// - Throws: `OneDNNError`
  package static func measureLimit(threads: Int) throws -> Double {
    let size = limitSize
    let factor = try Storage(count: size * size)
    factor.floats.update(repeating: 0.5, count: size * size)
    let products = try (0..<threads).map { _ in try Storage(count: size * size) }
    let pool = try WorkerPool(count: threads)
    let times = try (0..<24).map { _ in
      try ContinuousClock().measure {
        try pool.run { worker in
          let length = Int64(size)
          let status = exp_multiply(
            factor.floats, false, length, factor.floats, false, length, products[worker].floats,
            length, length, length)
          try OneDNNError.check(status, "multiply matrices", for: "the machine's limit")
        }
      } / .seconds(1)
    }
    let operations = 2 * Double(size) * Double(size) * Double(size) * Double(threads)
    return operations / (times.min() ?? .infinity)
  }
}
