import Documents
import ExperimentExamples
import Specs

/// Draws values that a schema allows; the same for the same seed.
struct ValueGenerator {
  private var state: UInt64
  /// How likely a field is there that need not be.
  private let fullness: Double

  init(seed: UInt64, fullness: Double) { (state, self.fullness) = (seed, fullness) }

  /// A value of that form.
  mutating func value(_ schema: Schema) -> PlainValue {
    switch schema {
    case .anything: return pick([.integer(3), .string("x"), .list([.bool(true)])])
    case .nothing: return .null
    case .text(let bounds): return .string(text(bounds))
    case .wholeNumber(let bounds): return .integer(wholeNumber(bounds))
    case .number(let bounds): return .number(number(bounds))
    case .truth: return .bool(happens(0.5))
    case .names(let names): return .string(pick(names))
    case .list(let item, let bounds): return .list(items(item, bounds))
    case .map(let known, let keys, let others):
      return .map(
        known.filter { _ in happens(fullness) }.map { ($0.key, value($0.value)) }
          + (others.map { other in
            (keys == nil ? ["a", "b c"] : ["0", "2"]).map { ($0, value(other)) }
          } ?? []))
    case .spec(let type): return .map(fields(type.fieldDescriptions))
    case .member(let catalog): return member(pick(catalog.all), of: catalog)
    case .alternatives(let all): return value(pick(all))
    case .described(_, let schema): return value(schema)
    }
  }

  /// A value of a member of a catalogue: its name alone now and then, where that is enough.
  mutating func member(_ type: any Spec.Type, of catalog: any Catalog.Type) -> PlainValue {
    let fields = fields(type.fieldDescriptions + catalog.commonDescriptions)
    return fields.isEmpty && happens(0.5)
      ? .string(type.type) : .map([("type", .string(type.type))] + fields)
  }

  private mutating func fields(
    _ descriptions: [FieldDescription]
  ) -> [(key: String, value: PlainValue)] {
    var fields: [(key: String, value: PlainValue)] = []
    for field in descriptions where field.isRequired || happens(fullness) {
      fields.append((field.key, value(field.schema)))
    }
    // The order of keys means nothing.
    return happens(0.3) ? fields.reversed() : fields
  }

  private mutating func items(_ item: Schema, _ bounds: Schema.Bounds) -> [PlainValue] {
    let least = Int(bounds.limit("minItems") ?? 0)
    let most = min(Int(bounds.limit("maxItems") ?? 3), least + 3)
    let count = least + index(below: max(most, least) - least + 1)
    var items: [PlainValue] = []
    for _ in 0..<count {
      let value = value(item)
      if bounds.contains(where: { $0.keyword == "uniqueItems" }), items.contains(value) { continue }
      items.append(value)
    }
    return items
  }

  private mutating func text(_ bounds: Schema.Bounds) -> String {
    for case ("examples", .list(let examples)) in bounds {
      if case .string(let text) = pick(examples) { return text }
    }
    if bounds.contains(where: { $0.keyword == "pattern" }) {
      return pick(["a", "b_1", "X-2", "on"])
    }
    return pick([
      "val_loss", "on", "null", "1e-3", "0x1F", "2026-11-22", "a: b", "# no", " x ", "- a", "{",
      "~",
      "ü ñ 数", "two\nlines", "'", "\"quoted\"", "\\", "tab\there", "%", "@", "a,b", "=",
    ])
  }

  private mutating func wholeNumber(_ bounds: Schema.Bounds) -> Int {
    let low = bounds.limit("minimum") ?? bounds.limit("exclusiveMinimum").map { $0 + 1 } ?? -3
    let high =
      bounds.limit("maximum") ?? bounds.limit("exclusiveMaximum").map { $0 - 1 } ?? low + 20
    let (least, most) = (Int(low), max(Int(low), Int(high)))
    switch index(below: 8) {
    case 0: return least
    case 1: return most
    default: return least + index(below: min(most - least, 40) + 1)
    }
  }

  private mutating func number(_ bounds: Schema.Bounds) -> Double {
    let low = bounds.limit("minimum") ?? bounds.limit("exclusiveMinimum") ?? -2
    let high = bounds.limit("maximum") ?? bounds.limit("exclusiveMaximum") ?? low + 3
    let numbers = [low, high, 0, 1, 1e-7, 0.1, low + (high - low) / 3, low + (high - low) * unit()]
    let allowed = numbers.filter { number in
      bounds.allSatisfy { keyword, value in
        switch (keyword, value.asNumber) {
        case ("minimum", let bound?): number >= bound
        case ("maximum", let bound?): number <= bound
        case ("exclusiveMinimum", let bound?): number > bound
        case ("exclusiveMaximum", let bound?): number < bound
        default: true
        }
      }
    }
    return pick(allowed)
  }

  private mutating func pick<Element>(_ all: [Element]) -> Element { all[index(below: all.count)] }

  private mutating func happens(_ probability: Double) -> Bool { unit() < probability }

  private mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  private mutating func index(below count: Int) -> Int { Int(next() % UInt64(count)) }

  /// SplitMix64.
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension PlainValue {
  fileprivate var asNumber: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}

extension Schema.Bounds {
  /// The strictest number of a keyword.
  fileprivate func limit(_ keyword: String) -> Double? {
    let numbers = filter { $0.keyword == keyword }.compactMap(\.value.asNumber)
    return keyword.lowercased().contains("min") ? numbers.max() : numbers.min()
  }
}
