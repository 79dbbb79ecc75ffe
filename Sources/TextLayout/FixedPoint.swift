import Glibc

extension Double {
  /// This number with `digits` decimals, rounded as C's `printf` does it: `0.9925`.
  package func fixed(_ digits: Int) -> String { shortFixed(digits) ?? printed(digits) }

  /// The same without printf, which takes its time; nil where 128 bits do not hold the number.
  private func shortFixed(_ digits: Int) -> String? {
    guard isNormal, (-68...51).contains(exponent), (1...9).contains(digits) else { return nil }
    let shift = 52 - Int(exponent)
    var unit: UInt64 = 1
    for _ in 0..<digits { unit *= 10 }
    // The number is an integer over a power of two, so that nothing is lost before it is rounded.
    let exact = UInt128(significandBitPattern | 1 << 52) * UInt128(unit)
    let (floor, rest, half) = (exact >> shift, exact & (1 << shift - 1), UInt128(1) << (shift - 1))
    let isUp = rest > half || rest == half && floor & 1 == 1
    guard let rounded = UInt64(exactly: isUp ? floor + 1 : floor) else { return nil }
    let decimals = String(rounded % unit)
    let zeros = String(repeating: "0", count: digits - decimals.utf8.count)
    return "\(sign == .minus ? "-" : "")\(rounded / unit).\(zeros)\(decimals)"
  }

  private func printed(_ digits: Int) -> String {
    withVaList([Int32(digits), self]) { arguments in
      // The largest finite number has 309 digits before the point.
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 320 + digits) { buffer in
        guard let start = buffer.baseAddress else { preconditionFailure("empty buffer") }
        vsnprintf(start, buffer.count, "%.*f", arguments)
        return String(cString: start)
      }
    }
  }
}
