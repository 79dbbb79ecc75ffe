extension FieldDescription {
  /// `whole number, at least 1`
  package var typeInWords: String {
    ([schema.label] + limits).joined(separator: ", ")
  }

  /// `required`, `default 32`, or `optional`
  package var presenceInWords: String {
    isRequired ? "required" : defaultValue.map { "default \($0.flow)" } ?? "optional"
  }

  /// The conditions as entries of a table.
  private var limits: [String] {
    let texts = conditions.map { text in
      for (start, rest) in [("must be ", ""), ("must not be ", "not "), ("must have ", "")]
      where text.hasPrefix(start) {
        return rest + text.dropFirst(start.count)
      }
      return text
    }
    let (low, high) = ("at least ", "at most ")
    if texts.count == 2, texts[0].hasPrefix(low), texts[1].hasPrefix(high) {
      return ["between \(texts[0].dropFirst(low.count)) and \(texts[1].dropFirst(high.count))"]
    }
    return texts
  }
}
