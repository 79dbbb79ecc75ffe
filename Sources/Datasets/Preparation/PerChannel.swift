import Diagnostics
import Documents
import Specs

/// A number for all channels, or one for each: `0.5` or `[0.485, 0.456, 0.406]`.
package enum PerChannel: SpecValue, Hashable, Bounded {
  case all(Double)
  case each([Double])

  /// The numbers of `channels` channels, which `each` must have.
  func numbers(channels: Int) -> [Double] {
    switch self {
    case .all(let number): return [Double](repeating: number, count: channels)
    case .each(let numbers):
      precondition(numbers.count == channels, "a number for each channel")
      return numbers
    }
  }

  package var bounded: [Double] {
    switch self {
    case .all(let number): [number]
    case .each(let numbers): numbers
    }
  }

  package static var schema: Schema {
    .described(
      "a number, or a list with one for each channel",
      .alternatives([.number(), .list(.number(), [("minItems", .integer(1))])]))
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> PerChannel? {
    if case .list(let items) = node.kind, !items.isEmpty {
      let numbers = items.compactMap { Double.decode($0, &diagnostics) }
      return numbers.count == items.count ? .each(numbers) : nil
    }
    var unreported = Diagnostics()
    if let number = Double.decode(node, &unreported) { return .all(number) }
    reportWrongType(
      node, &diagnostics, hint: node.percentHint ?? node.quotesHint { Double($0) != nil })
    return nil
  }

  package var tree: PlainValue {
    switch self {
    case .all(let number): .number(number)
    case .each(let numbers): .list(numbers.map(PlainValue.number))
    }
  }
}
