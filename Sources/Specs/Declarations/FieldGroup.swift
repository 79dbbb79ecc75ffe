import Documents

/// Fields that several specs have: a property of such a type, without `@Field`, adds its fields to those of its spec.
///
///     struct SGD: Spec {
///       @Field("Size of a step.") var learningRate = 0.01
///       var clipping = Clipping()
///     }
package protocol FieldGroup: Sendable {
  /// All fields at their defaults; required ones without a value.
  init()
}

/// No fields.
package struct NoFields: FieldGroup {
  package init() {}
}

extension FieldGroup {
  /// The fields in the order of their declaration.
  var fields: [(key: String, field: any AnyField)] {
    let layout = FieldLayout.of(Self.self)
    return zip(layout.members, layout.fields(of: self)).map { ($0.key, $1) }
  }

  /// The `PlainValue.canonicalJSON` of the fields that don't have their default, without those of some keys.
  package func canonicalJSON(without omitted: [String]) -> String {
    let layout = FieldLayout.of(Self.self)
    let members = zip(layout.members, layout.fields(of: self)).filter { member, field in
      !omitted.contains(member.key) && field.treeWithoutDefaults != member.defaultTree
    }
    let texts = members.sorted { $0.0.key < $1.0.key }.map { "\"\($0.key)\":\($1.canonicalJSON)" }
    return "{\(texts.joined(separator: ","))}"
  }

  /// What is written of each field, but for those that are absent; also without those that have their default.
  func trees(withDefaults: Bool) -> [(key: String, value: PlainValue)] {
    let layout = FieldLayout.of(Self.self)
    return zip(layout.members, layout.fields(of: self)).compactMap { member, field in
      let tree = withDefaults ? field.tree : field.treeWithoutDefaults
      guard let tree, withDefaults || tree != member.defaultTree else { return nil }
      return (member.key, tree)
    }
  }
}
