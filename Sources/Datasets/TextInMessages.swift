import TextLayout

/// The first `most` of `names`, and how many there are besides.
package func listed(_ names: [String], most: Int) -> String {
  names.prefix(most).map(\.withoutControlCharacters).joined(separator: ", ")
    + (names.count > most ? " and \(names.count - most) more" : "")
}

extension String {
  /// The text for a message, not longer than 40 characters.
  var shortened: String { count > 40 ? prefix(39) + "…" : self }
}
