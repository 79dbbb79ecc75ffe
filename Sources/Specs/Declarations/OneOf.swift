import Diagnostics
import Documents
import TextLayout

/// All the specs of one kind: the layers, the optimizers.
package protocol Catalog: Sendable {
  /// The type that the specs are used as, such as `any LayerSpec`.
  associatedtype Member: Sendable
  /// Fields that all of them have, such as a layer's `name`; none unless said otherwise.
  associatedtype Common: FieldGroup = NoFields

  /// The word for one of them: `layer`.
  static var noun: String { get }
  /// Every spec that `type:` can name, in the order in which they are listed.
  static var all: [any Spec.Type] { get }
  /// Specs that `type:` can name besides in a list: entries that stand for several, put in their place before it is
  /// read.
  static var templates: [any Spec.Type] { get }
  /// Names of other tools' things that it does not have, and what to do instead.
  static var foreignNames: [String: String] { get }
}

extension Catalog {
  package static var foreignNames: [String: String] { [:] }

  package static var templates: [any Spec.Type] { [] }

  /// Every spec that `type:` can name, templates among them.
  package static var entries: [any Spec.Type] { all + templates }

  /// Every name that `type:` can give.
  static var names: [String] { entries.map { $0.type } }

  /// Words by which others know these names.
  package static var otherNames: OtherNames {
    OtherNames(entries.map { ($0.type, $0.otherNames) })
  }
}

/// One spec of a catalogue, told by `type:`. Its name alone is short for `{type: name}`.
package struct OneOf<C: Catalog>: SpecValue {
  /// The spec itself.
  package let value: C.Member

  /// The fields that all members of the catalogue have.
  package let common: C.Common

  /// The place that later errors point at; nil if made by code.
  package let location: Location?

  /// A member made by code.
  package init(_ value: C.Member, _ common: C.Common = C.Common()) {
    self.init(value, common, at: nil)
  }

  private init(_ value: C.Member, _ common: C.Common, at location: Location?) {
    self.value = value
    self.common = common
    self.location = location
  }

  package static var schema: Schema { .member(C.self) }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Self? {
    let name: Node
    let fields: [Node.Entry]
    switch node.kind {
    case .scalar where !node.isNull: (name, fields) = (node, [])
    case .map(let entries):
      guard let type = node["type"], !type.isNull else {
        reportMissingType(node, &diagnostics)
        return nil
      }
      (name, fields) = (type, entries.filter { $0.key.text != "type" })
    default:
      reportWrongType(node, &diagnostics, hint: names)
      return nil
    }
    guard let text = String.decode(name, &diagnostics) else { return nil }
    guard let type = C.all.first(where: { $0.type == text }) else {
      let known = Suggestions.sameOrSynonym(of: text, among: C.names, C.otherNames)
      diagnostics.error(
        .unknownType, "there is no \(C.noun) \(text.quoted)", at: name.location,
        hint: hint(text, known))
      // Once the type is mended its keys must be right too, so their mistakes are found now. Of a type that is only
      // guessed they would be echoes.
      _ = C.all.first { $0.type == known }?
        .decode(Node(.map(fields), at: node.location), with: C.Common(), &diagnostics)
      return nil
    }
    let common = C.Common()
    guard
      let spec = type.decode(
        Node(.map(fields), at: node.location), with: common, &diagnostics)
    else { return nil }
    guard let member = spec as? C.Member else {
      preconditionFailure("\(type) is in the catalogue of each \(C.noun), but is none")
    }
    return Self(member, common, at: node.location)
  }

  /// `type` first, then the fields, then the common ones; where there are none, the name alone.
  package var tree: PlainValue { Self.shortened(entries(withDefaults: true)) }

  package var treeWithoutDefaults: PlainValue { Self.shortened(entries(withDefaults: false)) }

  /// Always a map, so that a list of things is told from one of texts.
  package var treeAsItem: PlainValue { .map(entries(withDefaults: true)) }

  private static func shortened(_ entries: [PlainValue.Entry]) -> PlainValue {
    entries.count == 1 ? entries[0].value : .map(entries)
  }

  /// The name behind `type:`.
  package var type: String {
    guard let spec = self.value as? any Spec else {
      preconditionFailure("\(self.value) is no spec")
    }
    return Swift.type(of: spec).type
  }

  private func entries(withDefaults: Bool) -> [PlainValue.Entry] {
    guard let spec = self.value as? any Spec else {
      preconditionFailure("\(self.value) is no spec")
    }
    return [("type", .string(Swift.type(of: spec).type))]
      + spec.trees(withDefaults: withDefaults) + common.trees(withDefaults: withDefaults)
  }

  /// What may stand in place of an unknown name, which is another word for `known`, or what to do instead. Long lists
  /// don't stand beside a good guess.
  private static func hint(_ name: String, _ known: String?) -> String {
    if known == nil, let advice = Suggestions.advice(on: name, in: C.foreignNames) { return advice }
    let elsewhere =
      known == nil
      ? KeyFinder.current?.advice(on: name)
        ?? KeyFinder.current?.hint(forType: name, notIn: C.self) : nil
    if let elsewhere { return elsewhere }
    guard let near = known ?? Suggestions.nearest(to: name, among: C.names) else { return names }
    return "did you mean '\(near)'?" + (C.names.count > 8 ? "" : " " + names)
  }

  private static var names: String {
    "there \(C.names.count == 1 ? "is" : "are") " + C.names.joined(separator: ", ")
  }

  private static func reportMissingType(_ node: Node, _ diagnostics: inout Diagnostics) {
    // `- conv2d: {filters: 32}`, as some other tools have it.
    let key = node.entries.count == 1 ? node.entries[0].key.text : nil
    let isType = key.map(C.names.contains) ?? false
    diagnostics.error(
      .missingType, "this \(C.noun) has no 'type'", at: node.location,
      hint: isType ? "write '{type: \(key ?? ""), …}'" : typeHint(node) ?? names)
  }

  /// The hint to write `type: adam` where other tools have `_target_: torch.optim.Adam`.
  private static func typeHint(_ node: Node) -> String? {
    for key in ["_target_", "class_path", "class_name", "name", "distribution"] {
      guard let value = node[key]?.text else { continue }
      let last = value.split(separator: ".").last.map(String.init) ?? value
      if let known = Suggestions.sameOrSynonym(of: last, among: C.names, C.otherNames) {
        return "write 'type: \(known)' in place of '\(key): \(value)'"
      }
    }
    return nil
  }
}
