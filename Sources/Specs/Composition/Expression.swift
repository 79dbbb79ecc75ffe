import TextLayout

/// The expression in `${…}`: the name of a value, or arithmetic with such values and numbers.
indirect enum Expression {
  case number(Number)
  /// The path of a value, and its offset in the text, in Unicode scalars.
  case name(String, at: Int)
  case negative(Expression)
  case operation(Operator, Expression, Expression)

  enum Operator: Character {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
  }
}

/// A text that is no expression: why, and where in it, in Unicode scalars.
struct ExpressionError: Error {
  let message: String
  let offset: Int
}

/// Reads expressions: `+ - * /`, parentheses, numbers, names.
struct ExpressionParser {
  private let text: [Unicode.Scalar]
  private var next = 0
  /// Parentheses and signs that are open.
  private var depth = 0
  private static let mostDepth = 50
  private static let longest = 1_000

  /// The expression that `text` is.
  static func parse(_ text: some StringProtocol) throws(ExpressionError) -> Expression {
    var parser = ExpressionParser(text: Array(text.unicodeScalars))
    guard parser.text.count <= longest else {
      throw ExpressionError(message: "more than \(longest) letters", offset: 0)
    }
    let expression = try parser.sum()
    guard parser.next == parser.text.count else {
      throw parser.error("\(parser.rest) cannot follow here")
    }
    return expression
  }

  private init(text: [Unicode.Scalar]) { self.text = text }

  private mutating func sum() throws(ExpressionError) -> Expression {
    var left = try product()
    while let operation = take(.add, .subtract) {
      left = .operation(operation, left, try product())
    }
    return left
  }

  private mutating func product() throws(ExpressionError) -> Expression {
    var left = try factor()
    while let operation = take(.multiply, .divide) {
      left = .operation(operation, left, try factor())
    }
    return left
  }

  private mutating func factor() throws(ExpressionError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.mostDepth else { throw error("nested too deep") }
    if take(.subtract) != nil { return .negative(try factor()) }
    guard let first = peek() else { throw error("a value is missing") }
    if first == "(" {
      let start = next
      next += 1
      let inner = try sum()
      guard peek() == ")" else {
        throw ExpressionError(message: "this '(' is never closed", offset: start)
      }
      next += 1
      return inner
    }
    if first.isDigit || first == "." { return try number() }
    guard first.startsName else { throw error("\(rest) is no value") }
    let start = next
    while next < text.count, text[next].continuesName { next += 1 }
    return .name(string(start..<next), at: start)
  }

  private mutating func number() throws(ExpressionError) -> Expression {
    let start = next
    while next < text.count,
      text[next].isDigit || ".eE".unicodeScalars.contains(text[next])
        || ("+-".unicodeScalars.contains(text[next])
          && "eE".unicodeScalars.contains(text[next - 1]))
    {
      next += 1
    }
    let digits = string(start..<next)
    guard let number = Number(digits) else {
      throw ExpressionError(message: "\(digits.quoted) is no number", offset: start)
    }
    return .number(number)
  }

  /// Takes one of `operators`, if it is next.
  private mutating func take(_ operators: Expression.Operator...) -> Expression.Operator? {
    let found = peek().flatMap { Expression.Operator(rawValue: Character($0)) }
    guard let found, operators.contains(found) else { return nil }
    next += 1
    return found
  }

  /// The next character that is no space.
  private mutating func peek() -> Unicode.Scalar? {
    while next < text.count, text[next].properties.isWhitespace { next += 1 }
    return next < text.count ? text[next] : nil
  }

  private var rest: String { string(next..<text.count).quoted }

  private func string(_ range: Range<Int>) -> String {
    String(String.UnicodeScalarView(text[range]))
  }

  private func error(_ message: String) -> ExpressionError {
    ExpressionError(message: message, offset: next)
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
  fileprivate var startsName: Bool { properties.isAlphabetic || self == "_" }
  fileprivate var continuesName: Bool { startsName || isDigit || self == "." }
}
