/// Fields that several specs have: a property of such a type, without `@Field`, adds its fields to those of its spec.
///
///     struct SGD: Spec {
///       @Field("Size of a step.") var learningRate = 0.01
///       var clipping = Clipping()
///     }
public protocol FieldGroup: Sendable {
  /// All fields at their defaults; required ones without a value.
  init()
}

/// No fields.
public struct NoFields: FieldGroup {
  public init() {}
}

extension FieldGroup {
  /// The fields in the order of their declaration.
  var fields: [(key: String, field: any AnyField)] {
    Mirror(reflecting: self).children.flatMap { child in
      if let group = child.value as? any FieldGroup { return group.fields }
      guard let field = child.value as? any AnyField, let label = child.label else { return [] }
      return [(field.key ?? String(label.dropFirst()).snakeCase, field)]
    }
  }

  /// What `value` gives of each field, but for those of which it gives nothing.
  func trees(_ value: (any AnyField) -> SpecTree?) -> [(key: String, value: SpecTree)] {
    fields.compactMap { key, field in value(field).map { (key: key, value: $0) } }
  }
}

extension String {
  /// `kernelSize` → `kernel_size`
  fileprivate var snakeCase: String {
    reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
  }
}
