/// `2 runs`
package func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(count.grouped) \(count == 1 ? noun : plural ?? noun + "s")"
}

extension Int {
  /// This number of bytes: `55 MB`.
  package var bytesInWords: String { Double(self).bytesInWords }
}

extension Double {
  /// This number of bytes: `55 MB`.
  package var bytesInWords: String {
    inWords([(1e12, " TB"), (1e9, " GB"), (1e6, " MB"), (1e3, " kB"), (1, " bytes")])
  }

  /// `2.0 billion`
  package var countInWords: String {
    inWords([
      (1e12, " trillion"), (1e9, " billion"), (1e6, " million"), (1e3, " thousand"), (1, ""),
    ])
  }

  /// The number in words, with a decimal if there is only one digit before it.
  private func inWords(_ units: [(size: Double, name: String)]) -> String {
    // 999.6 million prints as 1.0 billion, not as 1000 million.
    let unit = units.first { self >= 0.9995 * $0.size } ?? (1, "")
    let number = self / unit.size
    return (number < 9.95 ? number.fixed(1) : Int(number.rounded()).grouped) + unit.name
  }
}
