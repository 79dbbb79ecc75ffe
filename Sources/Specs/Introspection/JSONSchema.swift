import Documents

/// The vocabulary of a spec as JSON Schema (draft 2020-12), for editors.
///
/// A value is described as YAML 1.2 reads it. Where `exp` decides by the wanted type, all that it takes is allowed: a
/// number is a text too. Any scalar may be an expression such as `"${width * 2}"`.
package struct JSONSchema {
  private let vocabulary: Vocabulary
  private let root: any Spec.Type
  private let isComposed: Bool

  /// That of specs of type `root`; without `isComposed`, of files that extend no others and have no expressions.
  package init(root: any Spec.Type, isComposed: Bool = true) {
    self.root = root
    self.isComposed = isComposed
    vocabulary = Vocabulary(root: root)
  }

  /// The whole schema.
  package var tree: PlainValue {
    let sections = vocabulary.sections.dropFirst().map { section in
      (key: section.type.type, value: PlainValue.map(object(section.type)))
    }
    let families = vocabulary.families.flatMap { family in
      [(key: family.catalog.noun, value: PlainValue.map(union(family)))]
        + family.catalog.entries.map { member in
          (key: "\(family.catalog.noun).\(member.type)", value: .map(object(member, in: family)))
        }
    }
    let expression = isComposed ? [(key: "expression", value: PlainValue.map(Self.expression))] : []
    // A spec that extends another need not have any section itself.
    let completeness: Entries =
      isComposed
      ? [
        ("if", .map([("required", .list([.string(SpecFile.extendsKey)]))])),
        ("else", .map(needs(of: root))),
      ] : needs(of: root)
    let definitions = expression + sections + families
    let schema = PlainValue.map(
      [("$schema", .string("https://json-schema.org/draft/2020-12/schema"))]
        + object(root) + completeness
        + (definitions.isEmpty ? [] : [("$defs", .map(definitions))]))
    return schema.withWholeNumbers
  }

  /// The requirements on a spec that extends no other: required keys, also in its sections, and the types of things.
  private func needs(of type: any Spec.Type) -> Entries {
    let fields = type.fieldDescriptions
    let required = fields.filter(\.isRequired).map { PlainValue.string($0.key) }
    let inner = fields.compactMap { field -> (key: String, value: PlainValue)? in
      guard let part = field.schema.parts.first, part.step == nil else { return nil }
      let needs: Entries =
        switch part.thing {
        case .spec(let type): self.needs(of: type)
        case .catalog: [("required", .list([.string("type")]))]
        }
      guard !needs.isEmpty else { return nil }
      let isMap = PlainValue.map([("type", .string("object"))])
      return (field.key, .map([("if", isMap), ("then", .map(needs))]))
    }
    return (required.isEmpty ? [] : [("required", .list(required))])
      + (inner.isEmpty ? [] : [("properties", .map(inner))])
  }

  private static let expression: Entries = [
    ("type", .string("string")), ("pattern", .string(#"\$\{"#)),
    ("description", .string("An expression, such as \"${width * 2}\".")),
  ]

  fileprivate typealias Entries = [(key: String, value: PlainValue)]

  private func object(_ type: any Spec.Type, in family: Vocabulary.Family? = nil) -> Entries {
    let fields = family?.fields(of: type) ?? type.fieldDescriptions
    let discriminator: Entries =
      family == nil ? [] : [("type", .map([("const", .string(type.type))]))]
    let required =
      family == nil ? [] : discriminator.map(\.key) + fields.filter(\.isRequired).map(\.key)
    return [
      ("title", .string(type.type)),
      ("description", .string(type.summary + (type.source.map { " (\($0))" } ?? ""))),
      ("type", .string("object")),
      ("properties", .map(discriminator + fields.map { ($0.key, .map(property($0))) })),
    ] + (required.isEmpty ? [] : [("required", .list(required.map(PlainValue.string)))])
      + [("additionalProperties", .bool(type.takesOtherKeys))]
  }

  /// A member of a catalogue: its name alone, if it needs no more, or a map with `type`.
  private func union(_ family: Vocabulary.Family) -> Entries {
    let names = family.catalog.entries.filter { member in
      !family.fields(of: member).contains(where: \.isRequired)
    }
    let dynamic = PlainValue.map([
      ("type", .string("object")), ("required", .list([.string("type")])),
      ("properties", .map([("type", Self.reference("expression"))])),
    ])
    // Fields of a thing that another spec, which is extended, names.
    let untyped = PlainValue.map([
      ("type", .string("object")), ("not", .map([("required", .list([.string("type")]))])),
    ])
    return [
      ("description", .string("\(family.catalog.noun.withArticle.capitalizedFirst).")),
      (
        "anyOf",
        .list(
          [.map([("enum", .list(names.map { .string($0.type) }))])].filter { _ in !names.isEmpty }
            + family.catalog.entries.map { Self.reference("\(family.catalog.noun).\($0.type)") }
            + [Self.reference("expression"), dynamic] + (family.isList ? [] : [untyped]))
      ),
    ]
  }

  private func property(_ field: FieldDescription) -> Entries {
    [("description", .string(field.help))] + value(field.schema)
      + (field.defaultValue.map { [("default", $0)] } ?? [])
      + (field.hasExample ? field.example.map { [("examples", .list([$0]))] } ?? [] : [])
  }

  private static func reference(_ name: String) -> PlainValue {
    .map([("$ref", .string("#/$defs/\(name)"))])
  }

  private func value(_ schema: Schema) -> Entries {
    let choices = schema.choices
    let isOnlyText = choices.allSatisfy { !$0.isScalarButText }
    var branches = choices.map { choice(of: $0, textMayBeNumber: isOnlyText) }
    if isComposed, choices.contains(where: \.mayBeExpression) {
      branches.append([("$ref", .string("#/$defs/expression"))])
    }
    return branches.count == 1 ? branches[0] : [("anyOf", .list(branches.map(PlainValue.map)))]
  }

  private func choice(of schema: Schema, textMayBeNumber: Bool) -> Entries {
    switch schema {
    case .anything, .alternatives, .described: return []
    case .nothing: return [("type", .string("null"))]
    case .text(let bounds):
      let types: PlainValue = .list(["string", "number", "boolean"].map(PlainValue.string))
      return [("type", textMayBeNumber ? types : .string("string"))] + bounds.asEntries
    case .wholeNumber(let bounds): return [("type", .string("integer"))] + bounds.asEntries
    case .number(let bounds): return [("type", .string("number"))] + bounds.asEntries
    case .truth: return [("type", .string("boolean"))]
    case .names(let names): return [("enum", .list(names.map(PlainValue.string)))]
    case .list(let item, let bounds):
      return [("type", .string("array")), ("items", .map(value(item)))] + bounds.asEntries
    case .map(let known, let keys, let others):
      return [("type", .string("object"))]
        + (known.isEmpty
          ? [] : [("properties", .map(known.map { ($0.key, .map(value($0.value))) }))])
        + (keys.map { [("propertyNames", .map([("pattern", .string($0))]))] } ?? [])
        + [("additionalProperties", others.map { .map(value($0)) } ?? .bool(false))]
    case .spec(let type): return [("$ref", .string("#/$defs/\(type.type)"))]
    case .member(let catalog): return [("$ref", .string("#/$defs/\(catalog.noun)"))]
    }
  }
}

extension Schema {
  /// True if it is a scalar that YAML tells from text by its looks.
  fileprivate var isScalarButText: Bool {
    switch self {
    case .wholeNumber, .number, .truth: true
    default: false
    }
  }

  /// True if an expression may stand there that is not allowed anyway.
  fileprivate var mayBeExpression: Bool {
    switch self {
    case .wholeNumber, .number, .truth, .names: true
    case .text(let bounds): bounds.contains { $0.keyword == "pattern" }
    default: false
    }
  }
}

extension Schema.Bounds {
  fileprivate var asEntries: [(key: String, value: PlainValue)] {
    map { (key: $0.keyword, value: $0.value) }
  }
}

extension String {
  /// With a capital.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension PlainValue {
  /// The same with `10` for `10.0`, which editors would offer so.
  fileprivate var withWholeNumbers: PlainValue {
    switch self {
    case .number(let number): Int(exactly: number).map(PlainValue.integer) ?? self
    case .list(let items): .list(items.map(\.withWholeNumbers))
    case .map(let entries): .map(entries.map { ($0.key, $0.value.withWholeNumbers) })
    default: self
    }
  }
}
