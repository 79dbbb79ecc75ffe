import Diagnostics
import Documents
import Records
import Specs

/// Seeds of an experiment's runs: a list such as `[0, 1, 2]`, a range such as `0-4`, or one number.
package struct SeedList: SpecValue, Equatable, ExpressibleByArrayLiteral {
  /// In the order in which they run.
  package let seeds: [Int]

  package init(arrayLiteral seeds: Int...) { self.seeds = seeds }

  private init(_ seeds: [Int]) { self.seeds = seeds }

  package static var schema: Schema {
    let seed = Schema.wholeNumber([
      ("minimum", .integer(allowed.lowerBound)), ("maximum", .integer(allowed.upperBound)),
    ])
    return .described(
      "seeds such as [0, 1, 2], 0-4 or 7",
      .alternatives([
        .list(seed, [("minItems", .integer(1)), ("uniqueItems", .bool(true))]), seed,
        .text(matching: "^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$", examples: "0-4", "1,3,5-7"),
      ]))
  }

  /// The seeds that are allowed. The rest of a random stream's key is its purpose.
  package static let allowed = 0...Int(UInt32.max)

  /// The most runs one command may ask for.
  private static let most = 10_000

  /// The seeds that `text` stands for, such as `0-4`, `7` or `1,3,5`.
  package init(_ text: String) throws(Mistake) {
    guard let seeds = Self.numbers(text) else {
      throw Mistake(
        hasForm: false,
        description: "needs seeds such as 0-4 or 1,3,5, none above \(Self.allowed.upperBound)")
    }
    guard seeds.count <= Self.most else {
      throw Mistake(description: "asks for more than \(Self.most) seeds")
    }
    guard Set(seeds).count == seeds.count else {
      throw Mistake(description: "names a seed twice")
    }
    self.seeds = seeds
  }

  /// The reason why a text does not stand for seeds.
  package struct Mistake: Error, CustomStringConvertible {
    /// True if it has the form of one that does.
    var hasForm = true
    package let description: String
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> SeedList? {
    guard case .list(let items) = node.kind else { return decodeText(node, &diagnostics) }
    guard let seeds = [Int].decode(node, &diagnostics) else { return nil }
    guard !seeds.isEmpty else {
      diagnostics.error(
        .noSeeds, "without a seed there is nothing to run", at: node.location,
        hint: "write 'seeds: [0]'")
      return nil
    }
    for (position, seed) in seeds.enumerated() {
      let place = items[position].location
      guard allowed.contains(seed) else {
        diagnostics.error(
          .outOfRange,
          "must be between \(allowed.lowerBound) and \(allowed.upperBound), got \(seed)", at: place)
        return nil
      }
      if let first = seeds.firstIndex(of: seed), first < position {
        diagnostics.error(
          .duplicateSeed, "seed \(seed) is listed twice", at: place,
          notes: [.init("first listed here", at: items[first].location)])
        return nil
      }
    }
    return SeedList(seeds)
  }

  private static func decodeText(_ node: Node, _ diagnostics: inout Diagnostics) -> SeedList? {
    if case .scalar(let text, isPlain: true) = node.kind {
      do throws(Mistake) {
        return try SeedList(text)
      } catch  where error.hasForm {
        diagnostics.error(.badSeeds, error.description, at: node.location)
        return nil
      } catch {}
    }
    reportWrongType(
      node, &diagnostics, hint: node.quotesHint { (try? SeedList($0)) != nil })
    return nil
  }

  /// The seeds as they are typed: `0-4`, or `1, 3, 5`.
  package static func text(of seeds: [Int]) -> String {
    guard let first = seeds.first, let last = seeds.last, seeds.count > 2,
      seeds.elementsEqual(first...max(first, last))
    else { return seeds.map { "\($0)" }.joined(separator: ", ") }
    return "\(first)-\(last)"
  }

  package var tree: PlainValue { .list(seeds.map { .integer($0) }) }

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
