/// Words by which others know things that have names of their own here: `lr` for `learning_rate`.
///
///     ["learning_rate": ["lr", "eta"], "epsilon": ["eps"]]
///
/// A word may stand for several things; the likelier ones are listed first. Case, `_` and `-` do not matter in it.
package struct OtherNames: Sendable, ExpressibleByDictionaryLiteral {
  /// The names of things for each word, folded.
  private var names: [String: [String]] = [:]

  /// The words for each of some things.
  package init(_ things: [(name: String, words: [String])]) {
    for (name, words) in things {
      for word in words { names[Suggestions.folded(word), default: []].append(name) }
    }
  }

  package init(dictionaryLiteral elements: (String, [String])...) {
    self.init(elements.map { (name: $0, words: $1) })
  }

  /// The names of the things that `word` stands for, the likelier first.
  package subscript(word: String) -> [String] { names[Suggestions.folded(word)] ?? [] }

  /// Adds those of `other`, which are less likely.
  package mutating func add(_ other: OtherNames) {
    names.merge(other.names) { own, more in own + more.filter { !own.contains($0) } }
  }

  /// These and those of `other`, which are less likely.
  package func adding(_ other: OtherNames) -> OtherNames {
    var result = self
    result.add(other)
    return result
  }
}
