import Glibc
import TextLayout

/// The axis of a chart: the positions of values between its ends, and the values that are labelled.
package struct ChartScale: Hashable {
  /// The ways in which values are mapped to positions.
  package enum Kind: Hashable {
    /// Equal differences are equally far apart.
    case linear
    /// Equal factors are equally far apart.
    case logarithmic
    /// Equal factors of the distance from 1 are equally far apart: 0.99 and 0.999 as far as 0.9 and 0.99.
    case logarithmicFromOne
  }

  package let lower: Double
  package let upper: Double
  package let kind: Kind

  /// The scale for `values`, which are finite; it ends at round numbers, or, if logarithmic, a little
  /// outside of the values. A logarithmic `kind` is taken only if they span a factor of 10 or more.
  package init(for values: [Double], preferring kind: Kind = .linear) {
    let (least, greatest) = (values.min() ?? 0, values.max() ?? 1)
    switch kind {
    case .logarithmic where least > 0 && greatest >= 10 * least:
      lower = least / 1.1
      upper = greatest * 1.1
      self.kind = kind
      return
    case .logarithmicFromOne where least >= 0 && greatest <= 1:
      // The largest value below 1: 1 itself is infinitely far, and drawn at the edge.
      let largest = values.filter { $0 < 1 }.max() ?? 0
      if 1 - least >= 10 * (1 - largest) {
        // A little room, so that no line runs along an edge.
        lower = max(0, 1 - (1 - least) * 1.1)
        upper = 1 - (1 - largest) / 1.1
        self.kind = kind
        return
      }
    default: break
    }
    self.kind = .linear
    guard greatest > least else {
      // A single value stands in the middle.
      let margin = max(abs(least) * 0.1, 1e-6)
      lower = least - margin
      upper = least + margin
      return
    }
    guard (greatest - least).isFinite else {
      lower = least
      upper = greatest
      return
    }
    let step = Self.step(from: least, to: greatest)
    lower = (least / step).rounded(.down) * step
    upper = (greatest / step).rounded(.up) * step
  }

  /// The scale from `lower` to `upper`.
  package init(_ lower: Double, _ upper: Double) {
    self.lower = lower
    self.upper = upper
    kind = .linear
  }

  /// The position of `value`: 0 at the lower end, 1 at the upper. Values without a logarithm are far outside.
  package func position(of value: Double) -> Double {
    if upper == lower { return 0.5 }
    switch kind {
    // The difference of two large numbers may overflow; that of their halves cannot.
    case .linear: return (value / 2 - lower / 2) / (upper / 2 - lower / 2)
    case .logarithmic: return value > 0 ? log(value / lower) / log(upper / lower) : -10
    case .logarithmicFromOne:
      return value < 1 ? log((1 - lower) / (1 - value)) / log((1 - lower) / (1 - upper)) : 1
    }
  }

  /// The values that are labelled: round ones.
  package var ticks: [Double] {
    switch kind {
    case .linear:
      // A single value, or values as far apart as numbers go, have no round ones between them.
      guard upper > lower, (upper - lower).isFinite else { return [] }
      let step = Self.step(from: lower, to: upper)
      let first = (lower / step - 1e-9).rounded(.up)
      let last = (upper / step + 1e-9).rounded(.down)
      // Adding 0 makes a negative zero, which would be written as such, a plain one.
      return stride(from: first, through: last, by: 1).map { $0 * step + 0 }
    case .logarithmic: return Self.logarithmicTicks(from: lower, to: upper)
    case .logarithmicFromOne:
      return Self.logarithmicTicks(from: 1 - upper, to: 1 - lower).map { 1 - $0 }.reversed()
    }
  }

  private static func logarithmicTicks(from lower: Double, to upper: Double) -> [Double] {
    let decades = Int(log10(lower).rounded(.down))...Int(log10(upper).rounded(.up))
    let multiples: [Double] = decades.count > 4 ? [1] : [1, 2, 5]
    return decades.flatMap { decade in multiples.map { $0 * pow(10, Double(decade)) } }
      .filter { $0 >= lower * 0.999_999 && $0 <= upper * 1.000_001 }
  }

  /// `tick` with as many decimals as tell it from the others.
  package func label(of tick: Double) -> String {
    // A loss that explodes.
    if abs(tick) >= 1e6 {
      let exponent = log10(abs(tick)).rounded(.down)
      return "\((tick / pow(10, exponent)).fixed(1))e\(Int(exponent))"
    }
    return switch kind {
    case .linear: tick.fixed(Self.step(from: lower, to: upper).decimals)
    case .logarithmic: tick.fixed(tick.decimals)
    case .logarithmicFromOne: tick.fixed((1 - tick).decimals)
    }
  }

  /// The step of 1, 2 or 5 times a power of ten that gives three to six ticks.
  private static func step(from lower: Double, to upper: Double) -> Double {
    let rough = (upper - lower) / 4
    let magnitude = pow(10, log10(rough).rounded(.down))
    let factor = rough / magnitude
    return magnitude * (factor < 1.5 ? 1 : factor < 3.5 ? 2 : factor < 7.5 ? 5 : 10)
  }
}
