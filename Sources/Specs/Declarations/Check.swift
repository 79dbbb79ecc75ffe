import Documents
import TextLayout

/// A condition on the value of a field, beyond its type.
package struct Check<Value: Sendable>: Sendable {
  /// `must be at least 1`
  package let text: String

  /// The same as keywords of JSON Schema, such as `minimum` with 1; empty if there are none.
  package let bounds: Schema.Bounds

  let holds: @Sendable (Value) -> Bool

  /// A custom check; `text` is a clause such as `must be even`.
  package init(
    _ text: String, bounds: Schema.Bounds = [],
    holds: @escaping @Sendable (Value) -> Bool
  ) {
    self.text = text
    self.bounds = bounds
    self.holds = holds
  }
}

/// A value that bounds apply to; of several numbers, to each.
package protocol Bounded: SpecValue {
  associatedtype Bound: SpecValue, Comparable
  /// The numbers that each bound applies to.
  var bounded: [Bound] { get }
}

extension Int: Bounded { package var bounded: [Int] { [self] } }
extension Double: Bounded { package var bounded: [Double] { [self] } }
extension Pair: Bounded { package var bounded: [Int] { [height, width] } }
extension Optional: Bounded where Wrapped: Bounded {
  package var bounded: [Wrapped.Bound] { self?.bounded ?? [] }
}
extension Array: Bounded where Element: Bounded {
  package var bounded: [Element.Bound] { flatMap(\.bounded) }
}

extension Check where Value: Bounded {
  /// `value ≥ low`
  package static func atLeast(_ low: Value.Bound) -> Self {
    bound("at least \(low.shown)", [("minimum", low.tree)]) { $0 >= low }
  }

  /// `value ≤ high`
  package static func atMost(_ high: Value.Bound) -> Self {
    bound("at most \(high.shown)", [("maximum", high.tree)]) { $0 <= high }
  }

  /// `value > low`
  package static func greaterThan(_ low: Value.Bound) -> Self {
    bound("greater than \(low.shown)", [("exclusiveMinimum", low.tree)]) { $0 > low }
  }

  /// `low ≤ value ≤ high`
  package static func range(_ range: ClosedRange<Value.Bound>) -> Self {
    let (low, high) = (range.lowerBound, range.upperBound)
    return bound(
      "between \(low.shown) and \(high.shown)", [("minimum", low.tree), ("maximum", high.tree)]
    ) { range.contains($0) }
  }

  /// `low ≤ value < high`
  package static func range(_ range: Range<Value.Bound>) -> Self {
    let (low, high) = (range.lowerBound, range.upperBound)
    return bound(
      "at least \(low.shown) and less than \(high.shown)",
      [("minimum", low.tree), ("exclusiveMaximum", high.tree)]
    ) { range.contains($0) }
  }

  private static func bound(
    _ text: String, _ bounds: [(keyword: String, value: PlainValue)],
    _ holds: @escaping @Sendable (Value.Bound) -> Bool
  ) -> Self {
    Check("must be \(text)", bounds: bounds) { $0.bounded.allSatisfy(holds) }
  }
}

extension Check where Value: Collection {
  /// At least one item, or one character.
  package static var nonEmpty: Self {
    let keyword = Value.self is String.Type ? "minLength" : "minItems"
    return Check("must not be empty", bounds: [(keyword, .integer(1))]) { !$0.isEmpty }
  }

  /// A bound on the number of items.
  package static func count(_ range: ClosedRange<Int>) -> Self {
    let (low, high) = (range.lowerBound, range.upperBound)
    let text = low == high ? "\(low)" : "\(low) to \(high)"
    return Check("must have \(text) items", bounds: .count(range)) { range.contains($0.count) }
  }
}

extension SpecValue {
  /// The value for messages: 1 rather than 1.0, and no quotes.
  var shown: String {
    if case .number(let value) = tree {
      return Int(exactly: value).map { "\($0)" } ?? "\(value)"
    }
    if case .string(let text) = tree { return text.quoted }
    return tree.json
  }
}
