extension Double {
  /// The shortest text that reads back as this value. It always has a point, without which YAML
  /// 1.1 readers take `1e-07` for a text. Infinity and NaN are as YAML has them.
  package var shortest: String {
    guard isFinite else { return isNaN ? ".nan" : self < 0 ? "-.inf" : ".inf" }
    let text = description
    guard let exponent = text.firstIndex(of: "e"), !text.contains(".") else { return text }
    return text[..<exponent] + ".0" + text[exponent...]
  }
}
