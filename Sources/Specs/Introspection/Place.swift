import Documents

/// A place in a spec: the keys that lead there from the root.
package struct Place: Sendable {
  enum Step {
    case key(String)
    /// An item of a list.
    case item
    /// The fields of a member of a catalogue.
    case member(any Spec.Type, any Catalog.Type)

    var isItem: Bool { if case .item = self { true } else { false } }
    var isKey: Bool { if case .key = self { true } else { false } }
  }

  private(set) var steps: [Step] = []

  /// The key that it is the value of, or whose list it is in; nil for the root.
  package var key: String? {
    for case .key(let key) in steps.reversed() { return key }
    return nil
  }

  /// `model.layers.conv2d.activation`; empty for the root.
  package var path: String {
    steps.compactMap { step in
      switch step {
      case .key(let key): key
      case .member(let type, _): type.type
      case .item: nil
      }
    }.joined(separator: ".")
  }

  func adding(_ steps: Step...) -> Place {
    var place = self
    place.steps += steps
    return place
  }

  /// `value` with the keys around it that it needs here.
  func wrapping(_ value: PlainValue) -> PlainValue {
    steps.reversed().reduce(value) { value, step in
      switch step {
      case .key(let key): return .map([(key, value)])
      case .item: return .list([value])
      case .member(let type, let catalog):
        guard case .map(let entries) = value else { return value }
        return catalog.frame(type, showing: entries)
      }
    }
  }
}
