extension String {
  /// This text as GitHub's Markdown shows it as it is, in a cell of a table or elsewhere in a line.
  ///
  /// Only what would have a meaning is escaped, for the source to stay readable: `val_f1_macro` is plain.
  var escapedForMarkdown: String {
    var result = ""
    let characters = Array(self)
    for (place, character) in characters.enumerated() {
      let before = place > 0 ? characters[place - 1] : " "
      let after = place + 1 < characters.count ? characters[place + 1] : " "
      let hasMeaning =
        switch character {
        // A backslash before the pipe would undo the one that protects it.
        case "|", "\\", "`", "<", "~": true
        case "*": !(before.isWhitespace && after.isWhitespace)
        case "_": !(before.isLetter || before.isNumber) || !(after.isLetter || after.isNumber)
        case "&": after.isLetter || after == "#"
        case "]": after == "("
        default: false
        }
      if hasMeaning { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
