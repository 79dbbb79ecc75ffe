extension Double {
  /// This whole number with its thousands set off; as it is, if it is too large for that, or not finite.
  package var grouped: String { Int(exactly: self)?.grouped ?? description }
}

extension Int {
  /// This number with its thousands set off: `225,034`.
  package var grouped: String {
    let digits = Array("\(magnitude)")
    let groups = digits.enumerated().map { place, digit in
      let isStart = place > 0 && (digits.count - place) % 3 == 0
      return (isStart ? "," : "") + String(digit)
    }
    return (self < 0 ? "-" : "") + groups.joined()
  }
}
