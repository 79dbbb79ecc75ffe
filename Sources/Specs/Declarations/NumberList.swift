import Diagnostics
import Documents

/// The things that numbers of runs number, such as seeds.
package protocol Numbering: Sendable {
  /// The word for one of them: `seed`.
  static var noun: String { get }
  /// The key of the field that has the list.
  static var key: String { get }
  /// The numbers that are allowed.
  static var allowed: ClosedRange<Int> { get }
}

/// Numbers of runs: a list such as `[0, 1, 2]`, a range such as `0-4`, or one number.
package struct NumberList<Kind: Numbering>: SpecValue, Equatable, ExpressibleByArrayLiteral {
  /// In the order in which they run.
  package let numbers: [Int]

  package init(arrayLiteral numbers: Int...) { self.numbers = numbers }

  /// The list of `numbers`, each of which is allowed and there once.
  package init(_ numbers: [Int]) { self.numbers = numbers }

  package static var schema: Schema {
    let number = Schema.wholeNumber([
      ("minimum", .integer(allowed.lowerBound)), ("maximum", .integer(allowed.upperBound)),
    ])
    return .described(
      "\(Kind.noun)s such as [0, 1, 2], 0-4 or 7",
      .alternatives([
        .list(number, [("minItems", .integer(1)), ("uniqueItems", .bool(true))]), number,
        .text(matching: "^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$", examples: "0-4", "1,3,5-7"),
      ]))
  }

  /// The numbers that are allowed.
  package static var allowed: ClosedRange<Int> { Kind.allowed }

  /// The most runs one command may ask for.
  private static var most: Int { 10_000 }

  /// The numbers that `text` stands for, such as `0-4`, `7` or `1,3,5`.
  package init(_ text: String) throws(Mistake) {
    guard let numbers = Self.numbers(text) else {
      throw Mistake(
        hasForm: false,
        description:
          "needs \(Kind.noun)s such as 0-4 or 1,3,5, none above \(Self.allowed.upperBound)")
    }
    guard numbers.count <= Self.most else {
      throw Mistake(description: "asks for more than \(Self.most) \(Kind.noun)s")
    }
    guard Set(numbers).count == numbers.count else {
      throw Mistake(description: "names a \(Kind.noun) twice")
    }
    self.numbers = numbers
  }

  /// The reason why a text does not stand for such numbers.
  package struct Mistake: Error, CustomStringConvertible {
    /// True if it has the form of one that does.
    var hasForm = true
    package let description: String
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Self? {
    guard case .list(let items) = node.kind else { return decodeText(node, &diagnostics) }
    guard let numbers = [Int].decode(node, &diagnostics) else { return nil }
    guard !numbers.isEmpty else {
      diagnostics.error(
        .noNumbers, "without a \(Kind.noun) there is nothing to run", at: node.location,
        hint: "write '\(Kind.key): [0]'")
      return nil
    }
    for (position, number) in numbers.enumerated() {
      let place = items[position].location
      guard allowed.contains(number) else {
        diagnostics.error(
          .outOfRange,
          "must be between \(allowed.lowerBound) and \(allowed.upperBound), got \(number)",
          at: place)
        return nil
      }
      if let first = numbers.firstIndex(of: number), first < position {
        diagnostics.error(
          .duplicateNumber, "\(Kind.noun) \(number) is listed twice", at: place,
          notes: [.init("first listed here", at: items[first].location)])
        return nil
      }
    }
    return Self(numbers)
  }

  private static func decodeText(_ node: Node, _ diagnostics: inout Diagnostics) -> Self? {
    if case .scalar(let text, isPlain: true) = node.kind {
      do throws(Mistake) {
        return try Self(text)
      } catch  where error.hasForm {
        diagnostics.error(.badNumbers, error.description, at: node.location)
        return nil
      } catch {}
    }
    reportWrongType(
      node, &diagnostics, hint: node.quotesHint { (try? Self($0)) != nil })
    return nil
  }

  /// The numbers as they are typed: `0-4`, or `1, 3, 5`.
  package static func text(of numbers: [Int]) -> String {
    guard let first = numbers.first, let last = numbers.last, numbers.count > 2,
      numbers.elementsEqual(first...max(first, last))
    else { return numbers.map { "\($0)" }.joined(separator: ", ") }
    return "\(first)-\(last)"
  }

  package var tree: PlainValue { .list(numbers.map { .integer($0) }) }

  /// The numbers that `text` stands for, though perhaps too many, or one twice.
  private static func numbers(_ text: String) -> [Int]? {
    var numbers: [Int] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let range = range(part) else { return nil }
      // One more than allowed is enough to see that there are too many.
      numbers += range.prefix(most + 1)
    }
    return numbers
  }

  private static func range(_ text: Substring) -> ClosedRange<Int>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard let first = ends.first, let low = first, let last = ends.last, let high = last,
      ends.count <= 2, low <= high, allowed.contains(low), allowed.contains(high)
    else { return nil }
    return low...high
  }
}
