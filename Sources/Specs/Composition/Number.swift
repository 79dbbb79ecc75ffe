/// A number in an expression. Results stay whole numbers as long as that is exact.
enum Number: Hashable {
  case whole(Int)
  case real(Double)

  /// The number that `text` is in the notation of specs; nil if it is none.
  init?(_ text: String) {
    if let whole = Int(text) {
      self = .whole(whole)
    } else if let real = Double(yaml: text) {
      self = .real(real)
    } else {
      return nil
    }
  }

  private var real: Double {
    switch self {
    case .whole(let value): Double(value)
    case .real(let value): value
    }
  }

  /// The number as written in a spec: 32 even if it is the result of 0.5 · 64.
  var text: String {
    switch self {
    case .whole(let value): "\(value)"
    case .real(let value): Int(exactly: value).map { "\($0)" } ?? value.shortest
    }
  }

  var negative: Number { Number.whole(0).applying(.subtract, to: self) ?? self }

  /// The result of an operation; nil if it is no finite number.
  func applying(_ operation: Expression.Operator, to other: Number) -> Number? {
    if case .whole(let left) = self, case .whole(let right) = other,
      let whole = Self.exact(operation, left, right)
    {
      return .whole(whole)
    }
    let result =
      switch operation {
      case .add: real + other.real
      case .subtract: real - other.real
      case .multiply: real * other.real
      case .divide: real / other.real
      }
    return result.isFinite ? .real(result) : nil
  }

  /// The whole result of an operation on whole numbers; nil if it is not whole, or too large.
  private static func exact(_ operation: Expression.Operator, _ left: Int, _ right: Int) -> Int? {
    let (value, isInexact) =
      switch operation {
      case .add: left.addingReportingOverflow(right)
      case .subtract: left.subtractingReportingOverflow(right)
      case .multiply: left.multipliedReportingOverflow(by: right)
      case .divide:
        right != 0 && left.remainderReportingOverflow(dividingBy: right).partialValue == 0
          ? left.dividedReportingOverflow(by: right) : (0, true)
      }
    return isInexact ? nil : value
  }
}
