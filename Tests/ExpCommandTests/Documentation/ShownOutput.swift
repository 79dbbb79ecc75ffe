/// What a page shows of a command's output.
struct ShownOutput {
  /// The words of each stretch, in order; what a line `…` leaves out stands between them.
  private let stretches: [[String]]

  init(_ lines: some Sequence<String>) {
    stretches = lines.split(omittingEmptySubsequences: false) { $0 == "…" }
      .map { $0.joined(separator: "\n").wordsWithoutNumbers }
  }

  /// True if `output` is what is shown, whatever its numbers: scores and times are others on each processor.
  func isShownOf(_ output: String) -> Bool {
    var rest = output.wordsWithoutNumbers[...]
    guard let first = stretches.first, let last = stretches.last, rest.starts(with: first) else {
      return false
    }
    guard stretches.count > 1 else { return rest.count == first.count }
    rest = rest.dropFirst(first.count)
    for stretch in stretches.dropFirst().dropLast() {
      guard let range = rest.firstRange(of: stretch) else { return false }
      rest = rest[range.upperBound...]
    }
    return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
  }
}

extension String {
  /// Its words, each with `#` for its numbers but for exit codes, and for the dots that stand for 0 in a confusion
  /// matrix. `<` is `=`.
  var wordsWithoutNumbers: [String] {
    let words = split(whereSeparator: \.isWhitespace).map(String.init)
    return zip(words, ["", ""] + words).map { word, beforeLast in
      switch word {
      case ".": "#"
      case "<": "="
      case _ where beforeLast == "exit": word
      default: word.replacing(/<?[+-]?[0-9]+([.,_:-][0-9]+)*/, with: "#")
      }
    }
  }
}
