import Diagnostics
import Documents

/// The syntax tree of a filter.
indirect enum FilterExpression: Sendable {
  case and(FilterExpression, FilterExpression)
  case or(FilterExpression, FilterExpression)
  case not(FilterExpression)
  case comparison(FilterComparison)

  /// True if the expression holds, given whether each comparison `matches`.
  func holds(_ matches: (FilterComparison) -> Bool) -> Bool {
    switch self {
    case .and(let left, let right): left.holds(matches) && right.holds(matches)
    case .or(let left, let right): left.holds(matches) || right.holds(matches)
    case .not(let inner): !inner.holds(matches)
    case .comparison(let comparison): matches(comparison)
    }
  }

  /// All comparisons, from left to right.
  var comparisons: [FilterComparison] {
    switch self {
    case .and(let left, let right), .or(let left, let right): left.comparisons + right.comparisons
    case .not(let inner): inner.comparisons
    case .comparison(let comparison): [comparison]
    }
  }
}

/// One comparison of a filter: a name, and the values with which its value is compared.
struct FilterComparison: Sendable {
  /// The comparison operators.
  enum Sign: String, Sendable {
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case among = "in"

    /// True if the operator compares numbers only.
    var needsNumbers: Bool { ![.equal, .unequal, .among].contains(self) }
  }

  /// As it was written.
  let name: String
  let location: Location
  let sign: Sign
  /// One value; any number of them for `in`.
  let values: [FilterValue]

  /// True if the comparison holds for `value`. Nil means that there is no value; it is unequal to every value.
  func matches(_ value: FilterValue?) -> Bool {
    guard let value, let first = values.first else { return sign == .unequal }
    func compare(_ isOrdered: (Double, Double) -> Bool) -> Bool {
      guard let left = value.number, let right = first.number else { return false }
      return isOrdered(left, right)
    }
    return switch sign {
    case .equal, .among: values.contains(value)
    case .unequal: value != first
    case .less: compare(<)
    case .lessOrEqual: compare(<=)
    case .greater: compare(>)
    case .greaterOrEqual: compare(>=)
    }
  }
}

/// A value in a filter, or of a run. Numbers are equal whatever their spelling: `1e-3` and `0.001`.
struct FilterValue: Equatable, Sendable {
  let text: String
  let number: Double?

  init(_ text: String) {
    self.text = text
    number = Double(text).flatMap { $0.isFinite ? $0 : nil }
  }

  init(_ value: PlainValue) {
    text = value.inTable
    number = value.double
  }

  init(_ number: Double) {
    text = number.description
    self.number = number
  }

  static func == (left: Self, right: Self) -> Bool {
    guard let first = left.number, let second = right.number else { return left.text == right.text }
    return first == second
  }
}
