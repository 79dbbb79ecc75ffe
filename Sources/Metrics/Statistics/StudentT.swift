import Glibc

/// Student's t distribution: how far the mean of a few values strays, in standard errors.
package struct StudentT {
  private let degreesOfFreedom: Double
  private let beta: IncompleteBeta

  /// The distribution with so many degrees of freedom, not necessarily a whole number.
  package init(degreesOfFreedom: Double) {
    self.degreesOfFreedom = degreesOfFreedom
    beta = IncompleteBeta(degreesOfFreedom / 2, 0.5)
  }

  /// The two-sided p-value: how probable values are that stray from 0 at least as far as `t`.
  ///
  /// I_x(ν/2, 1/2) with x = ν / (ν + t²)
  package func pValue(_ t: Double) -> Double {
    guard t.isFinite else { return 0 }
    let ratio = abs(t) / degreesOfFreedom.squareRoot()
    // t² may be too large for a number, its logarithm is not.
    let logHypotenuse = log(hypot(1, ratio))
    return beta(logX: -2 * logHypotenuse, logY: 2 * (log(ratio) - logHypotenuse))
  }

  /// The t below which a value falls with `probability`, which is between 0 and 1.
  package func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a probability between 0 and 1 is needed")
    let upper = magnitude(pValue: 2 * min(probability, 1 - probability))
    return probability < 0.5 ? -upper : upper
  }

  /// The t ≥ 0 whose two-sided p-value this is.
  ///
  /// Newton's method for ln p as a function of u = ln(1 + t²/ν), which is convex and nearly straight:
  /// from a start below the root it rises to it, and never overshoots.
  private func magnitude(pValue: Double) -> Double {
    guard pValue < 1 else { return 0 }
    // The density is nowhere higher than at 0.
    let start = (1 - pValue) / (2 * density(u: 0))
    var u = log1p(start * start / degreesOfFreedom)
    while true {
      let t = (degreesOfFreedom * expm1(u)).squareRoot()
      let reached = self.pValue(t)
      // dt/du = (ν + t²) / 2t
      let slope = density(u: u) / reached * (degreesOfFreedom / t + t)
      let step = (log(reached) - log(pValue)) / slope
      guard step > 4 * u * Double.ulpOfOne else { return t }
      u += step
    }
  }

  /// (1 + t²/ν)^(−(ν + 1)/2) / (√ν B(ν/2, 1/2))
  private func density(u: Double) -> Double {
    exp(-(degreesOfFreedom + 1) / 2 * u - beta.logBeta) / degreesOfFreedom.squareRoot()
  }
}
