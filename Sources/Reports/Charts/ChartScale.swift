import Glibc

/// The axis of a chart: where a value stands between its ends, and which values are named.
struct ChartScale: Hashable {
  let lower: Double
  let upper: Double
  let isLogarithmic: Bool

  /// The scale for `values`, which are finite; it ends at round numbers, or, if logarithmic, at the
  /// outermost values.
  ///
  /// Positive values that span a factor of 20 or more, where `allowsLogarithm`, get a logarithmic one.
  init(for values: [Double], allowsLogarithm: Bool = false) {
    let (least, greatest) = (values.min() ?? 0, values.max() ?? 1)
    if allowsLogarithm, least > 0, greatest >= 20 * least {
      (lower, upper, isLogarithmic) = (least, greatest, true)
      return
    }
    isLogarithmic = false
    guard greatest > least else {
      // A single value stands in the middle.
      let margin = max(abs(least) * 0.1, 1e-6)
      (lower, upper) = (least - margin, least + margin)
      return
    }
    let step = Self.step(from: least, to: greatest)
    lower = (least / step).rounded(.down) * step
    upper = (greatest / step).rounded(.up) * step
  }

  /// The scale from `lower` to `upper`.
  init(_ lower: Double, _ upper: Double) {
    (self.lower, self.upper, isLogarithmic) = (lower, upper, false)
  }

  /// 0 for the lower end, 1 for the upper.
  func position(of value: Double) -> Double {
    if upper == lower { return 0.5 }
    return isLogarithmic
      ? log(value / lower) / log(upper / lower) : (value - lower) / (upper - lower)
  }

  /// The values that are named: round ones.
  var ticks: [Double] {
    guard isLogarithmic else {
      let step = Self.step(from: lower, to: upper)
      let first = (lower / step - 1e-9).rounded(.up)
      let last = (upper / step + 1e-9).rounded(.down)
      return stride(from: first, through: last, by: 1).map { $0 * step }
    }
    let decades = Int(log10(lower).rounded(.down))...Int(log10(upper).rounded(.up))
    let multiples: [Double] = decades.count > 4 ? [1] : [1, 2, 5]
    return decades.flatMap { decade in multiples.map { $0 * pow(10, Double(decade)) } }
      .filter { $0 >= lower * 0.999_999 && $0 <= upper * 1.000_001 }
  }

  /// How many decimals tell the ticks apart.
  var decimals: Int {
    let smallest = isLogarithmic ? lower : Self.step(from: lower, to: upper)
    return smallest > 0 ? min(12, max(0, Int((-log10(smallest)).rounded(.up)))) : 0
  }

  /// The step of 1, 2 or 5 times a power of ten that gives three to six ticks.
  private static func step(from lower: Double, to upper: Double) -> Double {
    let rough = (upper - lower) / 4
    let magnitude = pow(10, log10(rough).rounded(.down))
    let factor = rough / magnitude
    return magnitude * (factor < 1.5 ? 1 : factor < 3.5 ? 2 : factor < 7.5 ? 5 : 10)
  }
}
