import Diagnostics

/// A message of libyaml on a text that is not YAML, put into plain words.
struct SyntaxError {
  let problem: String
  let location: Location

  /// The construct that libyaml was reading, such as `while parsing a flow sequence`, and where that began.
  let context: String
  let contextLocation: Location?

  var diagnostic: Diagnostic {
    if let tab = indentingTab {
      return Diagnostic(
        identifier: .tabIndentation, message: "a tab cannot indent YAML", location: tab,
        hint: "indent with spaces")
    }
    if problem.hasPrefix("found unexpected end of stream"), context.contains("quoted scalar") {
      return Diagnostic(
        identifier: .yamlSyntax, message: "this quote is never closed", location: contextLocation)
    }
    if problem == "could not find expected ':'" {
      return Diagnostic(
        identifier: .yamlSyntax, message: "a ':' is missing after this key",
        location: contextLocation, hint: "write 'key: value', with a space after the ':'")
    }
    if isExpression {
      return Diagnostic(
        identifier: .yamlSyntax, message: "'${' cannot stand here without quotes",
        location: location, notes: notes,
        hint: "between [ ] and { } write \"${…}\" with quotes around it")
    }
    let (message, hint) = words
    return Diagnostic(
      identifier: .yamlSyntax, message: message, location: place, notes: notes, hint: hint)
  }

  /// The place of the problem; the end of the text, if it is among the empty lines there.
  private var place: Location {
    var line = location.line
    var text = location.file.line(line) ?? ""
    guard text.allSatisfy(\.isWhitespace) else { return location }
    while line > 1, text.allSatisfy(\.isWhitespace) {
      line -= 1
      text = location.file.line(line) ?? ""
    }
    return Location(file: location.file, line: line, column: text.unicodeScalars.count + 1)
  }

  /// The first tab among the white space that starts the line.
  private var indentingTab: Location? {
    let indentation = location.file.line(location.line)?.prefix { $0 == " " || $0 == "\t" } ?? ""
    guard let tab = indentation.firstIndex(of: "\t") else { return nil }
    let column = indentation.distance(from: indentation.startIndex, to: tab) + 1
    return Location(file: location.file, line: location.line, column: column)
  }

  /// True if the brace of a `${` is where YAML stumbles.
  private var isExpression: Bool {
    let line = location.file.line(location.line) ?? ""
    return line.unicodeScalars.prefix(location.column).suffix(2).elementsEqual("${".unicodeScalars)
  }

  private var notes: [Diagnostic.Note] {
    guard let contextLocation, contextLocation != location,
      let what = Self.contexts.first(where: { context.hasSuffix($0.said) })?.meant
    else { return [] }
    return [Diagnostic.Note("\(what) starts here", at: contextLocation)]
  }

  private var words: (message: String, hint: String?) {
    switch problem {
    case "mapping values are not allowed in this context":
      (
        "a ':' cannot stand here",
        "check the indentation, or put a text that contains ': ' in quotes"
      )
    case "block sequence entries are not allowed in this context":
      ("a '-' cannot start a list item here", "start the list on a line of its own")
    case "did not find expected key":
      ("a key is expected here", "check the indentation and the quotes")
    case "did not find expected node content":
      ("a value is expected here", nil)
    case "did not find expected alphabetic or numeric character":
      ("a name is missing after '*' or '&'", "put a text that starts with one of them in quotes")
    case "did not find expected '-' indicator":
      ("a '-' is expected here, as before the other items of the list", "check the indentation")
    case "did not find expected ',' or ']'":
      ("a ',' or ']' is missing", nil)
    case "did not find expected ',' or '}'":
      ("a ',' or '}' is missing", nil)
    case "found character that cannot start any token":
      ("a value cannot start with this character", "put the value in quotes")
    case "found unknown escape character":
      ("no such escape in a text in double quotes", "use single quotes, or '\\\\' for a backslash")
    default: ("not YAML: \(problem)", nil)
    }
  }

  private static let contexts: [(said: String, meant: String)] = [
    ("a flow sequence", "the list"), ("a flow mapping", "the map"),
    ("a block collection", "the list"), ("a block mapping", "the map"),
  ]
}
