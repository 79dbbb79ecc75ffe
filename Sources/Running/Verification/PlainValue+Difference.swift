import Documents

extension PlainValue {
  /// The first place at which `recorded` differs, in words; nil if there is none. Maps may have their keys in any order.
  ///
  /// - Parameters:
  ///   - exceptions: addresses at which anything may stand.
  ///   - address: where both stand.
  func difference(
    from recorded: PlainValue, except exceptions: Set<String> = [], at address: String = ""
  ) -> String? {
    if exceptions.contains(address) { return nil }
    func inner(_ step: String) -> String { address.isEmpty ? step : "\(address).\(step)" }
    switch (self, recorded) {
    case (.map(let own), .map(let others)):
      for (key, value) in own {
        guard let other = recorded[key] else { return "'\(inner(key))' is missing" }
        if let difference = value.difference(
          from: other, except: exceptions, at: inner(key))
        {
          return difference
        }
      }
      return others.first { self[$0.key] == nil }.map { "'\(inner($0.key))' is one too many" }
    case (.list(let own), .list(let others)) where own.count == others.count:
      for (index, (value, other)) in zip(own, others).enumerated() {
        if let difference = value.difference(
          from: other, except: exceptions, at: inner("\(index)"))
        {
          return difference
        }
      }
      return nil
    case (.list(let own), .list(let others)):
      return "'\(address)' has \(others.count) items instead of \(own.count)"
    default:
      // By their texts, since what is no number is written as a text.
      return json == recorded.json || isSameNumber(as: recorded)
        ? nil : "'\(address)' is \(summary), recorded as \(recorded.summary)"
    }
  }

  /// True if both are the same number, whether written with a fraction or not.
  private func isSameNumber(as other: PlainValue) -> Bool {
    guard let own = double, let other = other.double else { return false }
    return own == other
  }

  private var summary: String {
    switch self {
    case .map: "a map"
    case .list: "a list"
    default: json
    }
  }

  /// A map without these keys.
  func without(_ keys: Set<String>) -> PlainValue {
    .map(entries.filter { !keys.contains($0.key) })
  }
}
