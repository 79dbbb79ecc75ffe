extension Spec {
  /// The fields that must be there, and those that the declaration has an example for, with example values.
  fileprivate static var exampleFields: [(key: String, value: SpecTree)] {
    fieldDescriptions.exampleFields
  }

  /// An example as a section of a spec.
  public static var example: SpecTree { .map(exampleFields) }
}

extension Catalog {
  /// An example of `member`, as short as it can be written; `added` are fields that it shows besides.
  public static func example(
    of member: any Spec.Type, adding added: [(key: String, value: SpecTree)] = []
  ) -> SpecTree {
    let name = SpecTree.string(member.type)
    let keys = added.map(\.key)
    let fields =
      (member.exampleFields + commonDescriptions.exampleFields)
      .filter { !keys.contains($0.key) } + added
    return fields.isEmpty ? name : .map([("type", name)] + fields)
  }
}

extension [FieldDescription] {
  fileprivate var exampleFields: [(key: String, value: SpecTree)] {
    filter { $0.isRequired || $0.hasExample }.compactMap { field in
      field.example.map { (key: field.key, value: $0) }
    }
  }
}

extension Schema {
  /// A value of this form, where one follows from the declaration.
  var example: SpecTree? {
    switch self {
    case .spec(let type): type.example
    case .member(let catalog): catalog.all.first.map { catalog.example(of: $0) }
    case .list(let item, _): item.example.map { .list([$0]) }
    case .alternatives(let all): all.lazy.compactMap(\.example).first
    case .described(_, let schema): schema.example
    case .names(let names): names.first.map(SpecTree.string)
    case .truth: .bool(true)
    case .anything, .nothing, .text, .wholeNumber, .number, .map: nil
    }
  }
}
