import Diagnostics
import Documents

/// A value that a spec can hold, read from YAML by its type and never by its looks.
package protocol SpecValue: Sendable {
  /// The form of its values in YAML.
  static var schema: Schema { get }

  /// Words by which others know its values, where these are names.
  static var otherValues: OtherNames { get }

  /// The value of a field that is not there; nil if it must be there.
  static var whenAbsent: Self? { get }

  /// The value of a node; nil if there is none, which is then already reported.
  static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Self?

  /// The same, but for a list with mistakes its right items; `isWhole` tells whether nothing is missing.
  static func decodeParts(
    _ node: Node, _ diagnostics: inout Diagnostics
  ) -> (value: Self?, isWhole: Bool)

  /// The value as it is written into a resolved spec.
  var tree: PlainValue { get }

  /// The value as it is written as an item of a list.
  var treeAsItem: PlainValue { get }

  /// The value without what it would be anyway: fields that have their defaults are left out.
  var treeWithoutDefaults: PlainValue { get }
}

extension SpecValue {
  /// The kind of value that is wanted, for messages such as `needs a whole number, got 'x'`.
  package static var typeDescription: String { schema.words }

  package static var otherValues: OtherNames { [:] }

  package static var whenAbsent: Self? { nil }

  package var treeAsItem: PlainValue { tree }

  package static func decodeParts(
    _ node: Node, _ diagnostics: inout Diagnostics
  ) -> (value: Self?, isWhole: Bool) {
    let value = decode(node, &diagnostics)
    return (value, value != nil)
  }

  package var treeWithoutDefaults: PlainValue { tree }

  /// Reports that a node is not what is wanted; for the `decode` of types of one's own.
  package static func reportWrongType(
    _ node: Node, _ diagnostics: inout Diagnostics, hint: String? = nil
  ) {
    if case .unusable = node.kind { return }
    diagnostics.error(
      .wrongType, "needs \(typeDescription), got \(node.summary)", at: node.location, hint: hint)
  }
}

extension Optional: SpecValue where Wrapped: SpecValue {
  package static var schema: Schema { .alternatives([Wrapped.schema, .nothing]) }
  package static var whenAbsent: Self? { .some(nil) }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Self? {
    node.isNull ? .some(nil) : Wrapped.decode(node, &diagnostics).map { .some($0) }
  }

  package var tree: PlainValue { self?.tree ?? .null }
  package var treeWithoutDefaults: PlainValue { self?.treeWithoutDefaults ?? .null }
}

extension Array: SpecValue where Element: SpecValue {
  package static var schema: Schema { .list(Element.schema) }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Self? {
    let (value, isWhole) = decodeParts(node, &diagnostics)
    return isWhole ? value : nil
  }

  package static func decodeParts(
    _ node: Node, _ diagnostics: inout Diagnostics
  ) -> (value: Self?, isWhole: Bool) {
    guard case .list(let items) = node.kind else {
      var hint: String? = node.isNull ? nil : "write '[…]' around it"
      // The command line names an item of a list that is not there.
      if case .map = node.kind, node.location.file.path == Overrides.path {
        hint = "there is no list yet: set it as a whole, such as '[{type: …}]'"
      }
      reportWrongType(node, &diagnostics, hint: hint)
      return (nil, false)
    }
    var (values, mistaken): ([Element], Set<Location>) = ([], [])
    // A list of layers has some of them thousands of times, and their mistakes need be found but once.
    for item in items where !mistaken.contains(item.location) {
      if let value = Element.decode(item, &diagnostics) {
        values.append(value)
      } else {
        mistaken.insert(item.location)
      }
    }
    return (values, values.count == items.count)
  }

  package var tree: PlainValue { .list(map(\.treeAsItem)) }
  package var treeWithoutDefaults: PlainValue { .list(map(\.treeWithoutDefaults)) }
}

extension SpecValue where Self: RawRepresentable & CaseIterable, RawValue == String {
  package static var schema: Schema { .names(allCases.map(\.rawValue)) }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Self? {
    if let value = node.text.flatMap(Self.init(rawValue:)) { return value }
    let names = allCases.map(\.rawValue)
    let near =
      node.isNull
      ? nil : node.text.flatMap { Suggestions.nearest(to: $0, among: names, otherValues) }
    reportWrongType(
      node, &diagnostics,
      hint: near.map { "did you mean '\($0)'?" }
        ?? node.text.flatMap { KeyFinder.current?.advice(on: $0) })
    return nil
  }

  package var tree: PlainValue { .string(rawValue) }
}
