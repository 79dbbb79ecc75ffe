import Diagnostics
import Documents
import TextLayout

/// A map of declared fields: a section of an experiment, or one layer, optimizer, callback.
///
///     struct Dropout: Spec {
///       static let type = "dropout", summary = "Sets a random part of its input to zero."
///       @Field("Part of the input to drop.", .range(0..<1)) var rate: Double
///     }
package protocol Spec: SpecValue, FieldGroup {
  /// The name: behind `type:` in a union, else only in messages.
  static var type: String { get }
  /// One sentence that says what it is for.
  static var summary: String { get }
  /// The paper that it is from, or the system whose behaviour it matches, in a few words; nil if there is none.
  static var source: String? { get }
  /// The licence of the data that it stands for; nil if it stands for none.
  static var licence: String? { get }
  /// Words by which others know what its type names.
  static var otherNames: [String] { get }
  /// The key of the field that a single value in the place of the map stands for; nil if none does.
  static var shortKey: String? { get }
  /// Keys of other tools that it does not have, and what to do instead. Those of sections, and those that several
  /// members of a catalogue share, are known everywhere in a spec.
  static var foreignKeys: [String: String] { get }
  /// True if a map of it may have keys that are no fields: names of the user's own.
  static var takesOtherKeys: Bool { get }

  /// Checks that concern several fields; all of them have values by then.
  func validate(_ diagnostics: inout Diagnostics)
}

extension Spec {
  package static var schema: Schema { .spec(Self.self) }

  package static var source: String? { nil }
  package static var licence: String? { nil }
  package static var shortKey: String? { nil }
  package static var otherNames: [String] { [] }
  package static var foreignKeys: [String: String] { [:] }
  package static var takesOtherKeys: Bool { false }

  package func validate(_ diagnostics: inout Diagnostics) {}

  /// Reports all mistakes at once: keys that are unknown or missing, and wrong values.
  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Self? {
    decode(node, with: NoFields(), &diagnostics)
  }

  /// The same with fields in the map that belong to `common`, fresh from its `init()`, which are set too.
  package static func decode(
    _ node: Node, with common: some FieldGroup, _ diagnostics: inout Diagnostics
  ) -> Self? {
    let (spec, isWhole) = decodeFields(of: node, with: common, reusing: nil, &diagnostics)
    return isWhole ? spec : nil
  }

  /// Likewise reports all mistakes at once, but keeps the fields without mistakes: in a spec that is not whole, `value`
  /// of a field with mistakes is nil. Nodes that `cache` has already read are taken from there.
  package static func decodeFields(
    of node: Node, reusing cache: SectionCache, _ diagnostics: inout Diagnostics
  ) -> (spec: Self, isWhole: Bool) {
    decodeFields(of: node, with: NoFields(), reusing: cache, &diagnostics)
  }

  private static func decodeFields(
    of node: Node, with common: some FieldGroup, reusing cache: SectionCache?,
    _ diagnostics: inout Diagnostics
  ) -> (spec: Self, isWhole: Bool) {
    let spec = Self()
    func fill(_ diagnostics: inout Diagnostics) -> Bool {
      spec.fill(from: node, with: common, reusing: cache, &diagnostics)
    }
    // The outermost spec is the one in which hints look for keys.
    let isWhole =
      KeyFinder.current != nil
      ? fill(&diagnostics)
      : KeyFinder.$current.withValue(KeyFinder(root: Self.self)) { fill(&diagnostics) }
    return (spec, isWhole)
  }

  /// Sets the fields of a spec fresh from `init()`; false if there is a mistake.
  private func fill(
    from node: Node, with common: some FieldGroup, reusing cache: SectionCache?,
    _ diagnostics: inout Diagnostics
  ) -> Bool {
    let fields = fields + common.fields
    for (_, field) in fields { field.place(in: node) }
    guard case .map(let entries) = node.kind else {
      Self.reportWrongType(node, &diagnostics, hint: Self.keysHint(fields.map(\.key)))
      return false
    }
    let errors = diagnostics.errorReportCount
    /// Keys that are set, and the file that does.
    var settled: [String: String] = [:]
    var unknown: [Node] = []
    var isComplete = true
    for (position, entry) in entries.enumerated() {
      guard let key = entry.key.text, !Self.isRestOfTuple(position, in: entries) else { continue }
      if let (_, field) = fields.first(where: { $0.key == key }) {
        settled[key] = entry.key.location.file.path
        if let cache, cache.fill(field, key, from: entry.value) { continue }
        let reports = diagnostics.reportCount
        let isFilled = field.fill(from: entry.value, &diagnostics)
        isComplete = isComplete && isFilled
        if isFilled, diagnostics.reportCount == reports {
          cache?.keep(field, key, readFrom: entry.value)
        }
      } else {
        unknown.append(entry.key)
      }
    }
    let names = fields.map(\.key)
    let otherKeys =
      unknown.isEmpty
      ? [:] : FieldLayout.of(Self.self).otherKeys.adding(FieldLayout.of(common).otherKeys)
    for (number, key) in unknown.enumerated() {
      // Guesses take their time, and nobody reads thousands.
      guard number < Self.mostGuesses else {
        diagnostics.error(
          .unknownKey, "'\(Self.type)' has no \((key.text ?? "").quoted)", at: key.location,
          hint: Self.keysHint(names))
        isComplete = false
        continue
      }
      // A misspelt key is one mistake: what it stands for is then not missing as well.
      if let near = Self.reportUnknown(key, names, otherKeys, settled, &diagnostics) {
        settled[near] = key.location.file.path
      }
      isComplete = false
    }
    for (key, field) in fields where field.isRequired && settled[key] == nil {
      diagnostics.error(
        .missingKey, "'\(Self.type)' needs '\(key)': \(field.help.asClause)", at: node.location)
      isComplete = false
    }
    guard isComplete else { return false }
    validate(&diagnostics)
    return diagnostics.errorReportCount == errors
  }

  /// True if the entry at `position` is no key, but the rest of a tuple as Python writes it: in a flow map,
  /// `kernel_size: (3, 3)` reads as `kernel_size: "(3"` and a key `3)` without a value.
  private static func isRestOfTuple(_ position: Int, in entries: [Node.Entry]) -> Bool {
    let key = entries[position].key.text ?? ""
    guard entries[position].value.isNull, key.allSatisfy({ $0.isWholeNumber || $0 == ")" }) else {
      return false
    }
    // No tuple is longer.
    let start = entries[..<position].suffix(8).last { !$0.value.isNull }?.value.text ?? ""
    return start.hasPrefix("(") && !start.hasSuffix(")")
  }

  /// All fields in the order of their declaration, but for optional ones without a value.
  package var tree: PlainValue { .map(trees(withDefaults: true)) }

  package var treeWithoutDefaults: PlainValue { .map(trees(withDefaults: false)) }

  /// Reports a key that the spec does not have; returns the key that it most likely stands for.
  private static func reportUnknown(
    _ key: Node, _ names: [String], _ otherKeys: OtherNames, _ settled: [String: String],
    _ diagnostics: inout Diagnostics
  ) -> String? {
    let text = key.text ?? ""
    // A key that another file sets may be meant too, since this file or the command line may override it.
    let file = key.location.file.path
    let free = names.filter { settled[$0].map { $0 != file } ?? true }
    // What is known of a word counts more than what it is spelt like.
    let advice = Suggestions.advice(on: text, in: foreignKeys)
    let known = advice == nil ? Suggestions.sameOrSynonym(of: text, among: free, otherKeys) : nil
    let elsewhere =
      advice
      ?? (known == nil ? KeyFinder.current?.advice(on: text) ?? anchorHint(text) : nil)
    let near = elsewhere == nil ? known ?? Suggestions.nearest(to: text, among: free) : nil
    let hint =
      if let near {
        "did you mean '\(near)'? " + keysHint(names)
      } else {
        elsewhere
          ?? (Suggestions.sameOrSynonym(of: text, among: names, otherKeys) == nil
            ? KeyFinder.current?.hint(for: text, notIn: Self.self) : nil) ?? keysHint(names)
      }
    diagnostics.error(
      .unknownKey, "'\(type)' has no \(text.quoted)", at: key.location, hint: hint)
    return near
  }

  /// The hint for keys as Compose files and GitLab have them, which are there for an anchor.
  private static func anchorHint(_ key: String) -> String? {
    guard key.hasPrefix("x-") || key.hasPrefix(".") else { return nil }
    return "'variables' has place for anchors: 'variables: {name: &name {…}}'"
  }

  /// The most unknown keys of a map for which is said what they may stand for.
  private static var mostGuesses: Int { 50 }

  private static func keysHint(_ keys: [String]) -> String {
    keys.isEmpty ? "'\(type)' has no keys" : "'\(type)' has " + keys.joined(separator: ", ")
  }
}

extension String {
  /// A sentence as part of another: without capital and full stop.
  fileprivate var asClause: String {
    let clause = hasSuffix(".") ? dropLast() : self[...]
    let isAcronym = clause.dropFirst().first?.isUppercase == true
    return isAcronym ? String(clause) : clause.prefix(1).lowercased() + clause.dropFirst()
  }
}
