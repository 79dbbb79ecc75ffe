import Diagnostics

/// Reads a filter expression.
///
///     expression = conjunction { "or" conjunction }
///     conjunction = negation { "and" negation }
///     negation = "not" negation | "(" expression ")" | comparison
///     comparison = name sign value | name ["not"] "in" "[" value { "," value } "]"
struct FilterParser {
  private var tokens: ArraySlice<FilterToken>
  private let end: FilterToken
  private var depth = 0

  /// The deepest nesting allowed, far beyond what people write.
  private static let deepest = 100

  /// Reads the expression in `file`.
  static func parse(_ file: SourceFile) throws(Diagnostics) -> FilterExpression {
    let tokens = try FilterToken.all(in: file)
    guard let end = tokens.last, tokens.count > 1 else {
      throw Diagnostics([
        Diagnostic(
          identifier: .filterSyntax, message: "'\(file.path)' needs an expression",
          hint: "for example \(file.path) 'optimizer == adam and training.epochs > 5'")
      ])
    }
    var parser = FilterParser(tokens: tokens[...], end: end)
    let expression = try parser.expression()
    let rest = parser.next
    guard rest.kind == .end else {
      throw .filter(
        rest.kind == .sign(")")
          ? "this ')' closes nothing" : "expected 'and', 'or' or the end, got \(rest.name)",
        at: rest.location)
    }
    return expression
  }

  private init(tokens: ArraySlice<FilterToken>, end: FilterToken) {
    self.tokens = tokens
    self.end = end
  }

  private var next: FilterToken { tokens.first ?? end }

  private mutating func take() -> FilterToken { tokens.popFirst() ?? end }

  private mutating func take(_ kind: FilterToken.Kind) -> Bool {
    guard next.kind == kind else { return false }
    _ = take()
    return true
  }

  private mutating func expression() throws(Diagnostics) -> FilterExpression {
    var left = try conjunction()
    while take(.word("or")) { left = .or(left, try conjunction()) }
    return left
  }

  private mutating func conjunction() throws(Diagnostics) -> FilterExpression {
    var left = try negation()
    while take(.word("and")) { left = .and(left, try negation()) }
    return left
  }

  private mutating func negation() throws(Diagnostics) -> FilterExpression {
    let start = next
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw .filter("nested deeper than \(Self.deepest) levels", at: start.location)
    }
    if take(.word("not")) { return .not(try negation()) }
    guard take(.sign("(")) else { return try comparison() }
    let inner = try expression()
    guard take(.sign(")")) else {
      throw .filter(
        next.kind == .end ? "this '(' is never closed" : "expected ')', got \(next.name)",
        at: next.kind == .end ? start.location : next.location)
    }
    return inner
  }

  private mutating func comparison() throws(Diagnostics) -> FilterExpression {
    let start = take()
    guard case .word(let name) = start.kind, !Self.keywords.contains(name) else {
      throw .filter("expected the name of a value, got \(start.name)", at: start.location)
    }
    guard Double(name) == nil else {
      throw .filter(
        "a comparison begins with a name, not with the number \(name)", at: start.location,
        hint: "for example 'training.epochs > 5'")
    }
    func made(_ sign: FilterComparison.Sign, _ values: [FilterValue]) -> FilterExpression {
      .comparison(
        FilterComparison(name: name, location: start.location, sign: sign, values: values))
    }
    if take(.word("in")) { return made(.among, try list()) }
    if next.kind == .word("not") {
      let not = take()
      guard take(.word("in")) else {
        throw .filter("expected 'in' after 'not', got \(next.name)", at: not.location)
      }
      return .not(made(.among, try list()))
    }
    let operation = take()
    guard case .sign(let text) = operation.kind, let sign = FilterComparison.Sign(rawValue: text)
    else {
      throw .filter(
        "expected a comparison such as '==' after '\(name)', got \(operation.name)",
        at: operation.location)
    }
    let location = next.location
    let value = try value()
    guard !sign.needsNumbers || value.number != nil else {
      throw .filter("'\(text)' compares numbers, and '\(value.text)' is none", at: location)
    }
    return made(sign, [value])
  }

  private mutating func list() throws(Diagnostics) -> [FilterValue] {
    let start = take()
    guard start.kind == .sign("[") else {
      throw .filter(
        "expected a list such as [a, b] after 'in', got \(start.name)", at: start.location)
    }
    var values = [try value()]
    while take(.sign(",")) { values.append(try value()) }
    guard take(.sign("]")) else {
      throw .filter(
        next.kind == .end ? "this '[' is never closed" : "expected ',' or ']', got \(next.name)",
        at: next.kind == .end ? start.location : next.location)
    }
    return values
  }

  private mutating func value() throws(Diagnostics) -> FilterValue {
    let token = take()
    switch token.kind {
    case .quoted(let text): return FilterValue(text)
    case .word(let text) where !Self.keywords.contains(text): return FilterValue(text)
    case .sign("["):
      throw .filter(
        "expected a value, got a list", at: token.location,
        hint: "a list as one value stands in quotes: \"[3, 3]\"; for one of several write 'in'")
    default: throw .filter("expected a value, got \(token.name)", at: token.location)
    }
  }

  /// Words that are values only in quotes.
  private static let keywords: Set = ["and", "or", "not", "in"]
}
