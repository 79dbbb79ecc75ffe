import Glibc
import TextLayout

extension Double {
  /// This coordinate with a tenth of a pixel, and no more characters than it needs.
  var short: String {
    let text = fixed(1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// This number with four digits that say something.
  var significant: String { fixed(min(12, max(4, decimals + 3))) }

  /// The decimals up to this number's first digit that is not zero.
  var decimals: Int {
    self == 0 || !isFinite ? 0 : min(12, max(0, Int((-log10(abs(self)) - 1e-9).rounded(.up))))
  }
}
