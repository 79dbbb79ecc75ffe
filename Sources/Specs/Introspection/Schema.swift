import Documents

/// The form of a type's values in YAML: the one description that messages, `exp explain`, the reference page and the
/// JSON Schema are made of.
///
/// Specs and catalogues are named by their types, so that one may contain itself.
package indirect enum Schema: Sendable {
  /// Keywords of JSON Schema, such as `minimum` with 1.
  package typealias Bounds = [(keyword: String, value: PlainValue)]

  /// Whatever YAML can say.
  case anything
  /// No value: `null`, or nothing at all.
  case nothing
  /// Any scalar, read as text.
  case text(Bounds = [])
  case wholeNumber(Bounds = [])
  case number(Bounds = [])
  /// `true` or `false`.
  case truth
  /// One of these texts.
  case names([String])
  case list(Schema, Bounds = [])
  /// A map with any of the `known` keys and, where `others` says what they have, with others that match `keys`.
  case map(known: [(key: String, value: Schema)] = [], keys: String? = nil, others: Schema? = nil)
  /// The fields of a spec.
  case spec(any Spec.Type)
  /// A member of a catalogue, told by `type:`, or by its name alone where it needs no fields.
  case member(any Catalog.Type)
  /// One of several; what is more usual stands first.
  case alternatives([Schema])
  /// The same, with words of its own.
  case described(String, Schema)

  /// Text of a certain form; `examples` have it.
  package static func text(matching pattern: String, examples: String...) -> Schema {
    .text([
      ("pattern", .string(pattern)), ("examples", .list(examples.map(PlainValue.string))),
    ])
  }

  /// The same with bounds: those of numbers hold for each number in it, others for it as a whole.
  package func bounded(by bounds: Bounds) -> Schema {
    guard !bounds.isEmpty else { return self }
    let numeric = bounds.filter { Self.numberKeywords.contains($0.keyword) }
    switch self {
    case .text(let own):
      return .text(own + bounds.filter { Self.textKeywords.contains($0.keyword) })
    case .wholeNumber(let own): return .wholeNumber(own + numeric)
    case .number(let own): return .number(own + numeric)
    case .list(let item, let own):
      let counts = bounds.filter { Self.listKeywords.contains($0.keyword) }
      return .list(item.bounded(by: numeric), own + counts)
    case .alternatives(let all): return .alternatives(all.map { $0.bounded(by: bounds) })
    case .described(let words, let schema): return .described(words, schema.bounded(by: bounds))
    case .anything, .nothing, .truth, .names, .map, .spec, .member: return self
    }
  }

  private static let numberKeywords = [
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
  ]
  private static let textKeywords = ["minLength", "maxLength", "pattern", "examples"]
  private static let listKeywords = ["minItems", "maxItems", "uniqueItems"]

  /// The schemas that values may have, without words and alternatives around them.
  var choices: [Schema] {
    switch self {
    case .alternatives(let all): all.flatMap(\.choices)
    case .described(_, let schema): schema.choices
    default: [self]
    }
  }

  /// The specs and catalogues that stand here, or are items of a list or map that stands here.
  var parts: [Part] {
    choices.flatMap { choice -> [Part] in
      switch choice {
      case .spec(let type): [Part(thing: .spec(type), step: nil)]
      case .member(let catalog): [Part(thing: .catalog(catalog), step: nil)]
      case .list(let item, _): item.parts.map { Part(thing: $0.thing, step: .item) }
      case .map(_, _, let others):
        (others?.parts ?? []).map { Part(thing: $0.thing, step: .key("name")) }
      default: []
      }
    }
  }

  /// A spec or catalogue in the value of a key.
  struct Part {
    enum Thing {
      case spec(any Spec.Type)
      case catalog(any Catalog.Type)
    }

    let thing: Thing
    /// The step that leads to it from the value; nil if it is the value itself.
    let step: Place.Step?
  }
}

extension Schema.Bounds {
  /// Bounds on the number of items.
  package static func count(_ range: ClosedRange<Int>) -> Self {
    [("minItems", .integer(range.lowerBound)), ("maxItems", .integer(range.upperBound))]
  }
}
