import Documents
import Records

extension RunValues {
  /// The values of a spec of one convolution, with `changes` at their addresses; nil removes one.
  static func example(_ changes: KeyValuePairs<String, PlainValue?>...) -> RunValues {
    let spec: PlainValue = [
      "data": ["dataset": "mnist"], "augmentation": [],
      "model": [
        "layers": [
          ["name": "conv2d", "type": "conv2d", "filters": 32],
          ["name": "dense", "type": "dense", "units": 10],
        ]
      ],
      "optimizer": ["type": "adam", "learning_rate": 0.001, "beta_1": 0.9],
      "training": ["epochs": 12, "batch_size": 128],
    ]
    return of(
      changes.joined().reduce(spec) { $0.setting($1.value, at: $1.key.split(separator: ".")[...]) })
  }

  /// The values of an experiment with this spec, whose items get names.
  static func of(_ spec: PlainValue) -> RunValues {
    RunValues(experiment: spec.withItemNames, run: [:])
  }
}

extension PlainValue {
  /// This tree with `value` at the address of these steps. A text in the place of a map is its type.
  fileprivate func setting(_ value: PlainValue?, at steps: ArraySlice<Substring>) -> PlainValue {
    guard let first = steps.first.map(String.init) else {
      if case .map = self, let value, value.text != nil {
        return .map([("type", value)] + entries.filter { $0.key != "type" })
      }
      return value ?? .null
    }
    if case .list(let items) = self {
      return .list(
        items.map { $0["name"]?.text == first ? $0.setting(value, at: steps.dropFirst()) : $0 })
    }
    let isRemoved = value == nil && steps.count == 1
    let old = entries.first { $0.key == first }?.value
    let new = isRemoved ? nil : (old ?? .map([])).setting(value, at: steps.dropFirst())
    let others = entries.compactMap { entry in
      entry.key == first ? new.map { (first, $0) } : (entry.key, entry.value)
    }
    return .map(old == nil ? others + (new.map { [(first, $0)] } ?? []) : others)
  }
}

extension PlainValue: ExpressibleByStringLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(floatLiteral value: Double) { self = .number(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: PlainValue...) { self = .list(elements) }
  package init(dictionaryLiteral elements: (String, PlainValue)...) { self = .map(elements) }
}
