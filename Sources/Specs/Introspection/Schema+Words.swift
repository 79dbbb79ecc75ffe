extension Schema {
  /// The kind of value that is wanted, for messages such as `needs a whole number, got 'x'`.
  package var words: String {
    switch self {
    case .anything: "anything"
    case .nothing: "nothing"
    case .text: "text"
    case .wholeNumber: "a whole number"
    case .number: "a number"
    case .truth: "true or false"
    case .names(let names):
      names.count == 1 ? names[0].quoted : "one of " + names.joined(separator: ", ")
    case .list: "a list"
    case .map: "a map"
    case .spec: "a map of keys and values"
    case .member(let catalog): catalog.noun.withArticle
    case .alternatives(let all): all.filter { !$0.isNothing }.map(\.words).joined(separator: " or ")
    case .described(let words, _): words
    }
  }

  /// The same as the entry of a table: `whole number`, `list of layers`.
  package var label: String {
    switch self {
    case .list(let item, _): item.plural.map { "list of \($0)" } ?? "list, each \(item.words)"
    case .spec: "map"
    case .map(let known, _, nil): "map of " + known.map(\.key).joined(separator: ", ")
    case .map(_, _, .some): "map"
    case .alternatives(let all):
      all.filter { !$0.isNothing }.map(\.label).joined(separator: " or ")
    default: words.withoutArticle
    }
  }

  /// Several of it, where that is a word with an s.
  private var plural: String? {
    switch self {
    case .wholeNumber, .number: words.withoutArticle + "s"
    case .member(let catalog): catalog.plural
    case .text: "texts"
    case .names(let names): names.joined(separator: ", ")
    default: nil
    }
  }

  private var isNothing: Bool { if case .nothing = self { true } else { false } }
}

extension Catalog {
  /// The word for several of them: `layers`, `losses`.
  static var plural: String { noun + (noun.hasSuffix("s") ? "es" : "s") }
}

extension String {
  /// `a layer`, `an optimizer`
  var withArticle: String { "\("aeiou".contains(prefix(1)) ? "an" : "a") \(self)" }

  /// `layer`, `optimizer`
  fileprivate var withoutArticle: String {
    for article in ["a ", "an ", "the "] where hasPrefix(article) {
      return String(dropFirst(article.count))
    }
    return self
  }
}
