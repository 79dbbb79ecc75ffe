import Diagnostics
import Documents

/// Fields that several specs have: a property of such a type, without `@Field`, adds its fields to those of its spec.
///
///     struct SGD: Spec {
///       @Field("Size of a step.") var learningRate = 0.01
///       var clipping = Clipping()
///     }
///
/// All stored properties are fields or groups; the compiler's `encode(to:)` lists them, see `FieldCollector`.
package protocol FieldGroup: Encodable, Sendable {
  /// All fields at their defaults; required ones without a value.
  init()

  /// Words by which others know the fields, by the fields' keys.
  static var otherKeys: OtherNames { get }
}

/// No fields.
package struct NoFields: FieldGroup {
  package init() {}
}

extension FieldGroup {
  /// The keys of fields that say where something lies.
  package var pathKeys: [String] { fields.filter { $0.field.isPath }.map(\.key) }

  package static var otherKeys: OtherNames { [:] }

  /// The fields in the order of their declaration.
  var fields: [(key: String, field: any AnyField)] {
    zip(FieldLayout.of(Self.self).members, FieldCollector.fields(of: self)).map { ($0.key, $1) }
  }

  /// The `PlainValue.canonicalJSON` of the fields that don't have their default, without those of some keys.
  package func canonicalJSON(without omitted: [String]) -> String {
    let members = fieldsToWrite.filter { member, field in
      !omitted.contains(member.key) && field.treeWithoutDefaults != member.defaultTree
    }
    let texts = members.sorted { $0.0.key < $1.0.key }.map { "\"\($0.key)\":\($1.canonicalJSON)" }
    return "{\(texts.joined(separator: ","))}"
  }

  /// The tree of each field, without those that are absent; also without those that have their default.
  package func trees(withDefaults: Bool) -> [(key: String, value: PlainValue)] {
    guard withDefaults else {
      return fieldsToWrite.compactMap { member, field in
        guard let tree = field.treeWithoutDefaults, tree != member.defaultTree else { return nil }
        return (member.key, tree)
      }
    }
    return fields.compactMap { key, field in field.tree.map { (key, $0) } }
  }

  /// The fields without those that surely have their default.
  private var fieldsToWrite: [(FieldLayout.Member, any AnyField)] {
    zip(FieldLayout.of(Self.self).members, FieldCollector.fields(of: self)).filter {
      $1.isSet || !$0.hasItsDefault
    }
  }
}
