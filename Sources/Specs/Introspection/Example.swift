import Documents

extension Spec {
  /// An example as a section of a spec.
  package static var example: PlainValue { .map(fieldDescriptions.exampleFields) }
}

extension Catalog {
  /// An example of `member`, as short as it can be written.
  package static func example(of member: any Spec.Type) -> PlainValue {
    tree(member, (member.fieldDescriptions + commonDescriptions).exampleFields)
  }

  /// `member` with what it needs, as a frame around the fields `shown`.
  static func frame(_ member: any Spec.Type, showing shown: [(key: String, value: PlainValue)])
    -> PlainValue
  {
    let keys = shown.map(\.key)
    let needed = (member.fieldDescriptions + commonDescriptions)
      .filter { $0.isRequired && !keys.contains($0.key) }
    return tree(member, needed.exampleFields + shown)
  }

  private static func tree(
    _ member: any Spec.Type, _ fields: [(key: String, value: PlainValue)]
  ) -> PlainValue {
    let name = PlainValue.string(member.type)
    return fields.isEmpty ? name : .map([("type", name)] + fields)
  }
}

extension [FieldDescription] {
  /// Those that must be there, and those that the declaration has an example for, with example values.
  fileprivate var exampleFields: [(key: String, value: PlainValue)] {
    filter { $0.isRequired || $0.hasExample }.compactMap { field in
      field.example.map { (key: field.key, value: $0) }
    }
  }
}

extension Schema {
  /// A value of this form, where one follows from the declaration.
  var example: PlainValue? {
    switch self {
    case .spec(let type): type.example
    case .member(let catalog): catalog.entries.first.map { catalog.example(of: $0) }
    case .list(let item, _): item.example.map { .list([$0]) }
    case .alternatives(let all): all.lazy.compactMap(\.example).first
    case .described(_, let schema): schema.example
    case .names(let names): names.first.map(PlainValue.string)
    case .truth: .bool(true)
    case .anything, .nothing, .text, .wholeNumber, .number, .map: nil
    }
  }
}
