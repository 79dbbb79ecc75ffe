import Diagnostics
import TextLayout

/// Values that the command line sets: `--set optimizer.learning_rate=0.002`.
package struct Overrides: Sendable {
  /// One value with its path.
  package struct Setting: Sendable {
    package let path: NodePath
    /// Read as YAML.
    package let value: Node
  }

  /// In the order of the command line.
  package private(set) var settings: [Setting]
  /// The name of the command line in diagnostics; each argument is a line.
  package static let path = "--set"

  /// No values.
  package static let none = Overrides(settings: [])

  private init(settings: [Setting]) { self.settings = settings }

  /// Adds values that count more than these.
  package mutating func append(_ others: Overrides) { settings += others.settings }

  /// The values that `arguments` of `option`, each `key=value`, set; unreadable ones are reported.
  package init(
    _ arguments: [String], of option: String = Self.path, _ diagnostics: inout Diagnostics
  ) {
    let file = SourceFile(path: option, text: arguments.joined(separator: "\n"))
    var (settings, start) = ([Setting](), file.text.startIndex)
    for argument in arguments {
      // The file has no byte order mark, which an argument may have.
      let end =
        file.text.utf8.index(
          start, offsetBy: argument.utf8.count, limitedBy: file.text.endIndex) ?? file.text.endIndex
      if let setting = Self.setting(file.text[start..<end], in: file, &diagnostics) {
        settings.append(setting)
      }
      start = file.text.utf8.index(end, offsetBy: 1, limitedBy: file.text.endIndex) ?? end
    }
    self.settings = settings
  }

  private static func setting(
    _ text: Substring, in file: SourceFile, _ diagnostics: inout Diagnostics
  ) -> Setting? {
    let location = file.location(of: text.startIndex)
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      diagnostics.error(
        .badOverride, "needs a key and a value, got \(String(text).quoted)", at: location,
        hint: "write KEY=VALUE, such as 'optimizer.learning_rate=0.002'")
      return nil
    }
    let path = NodePath(String(text[..<equals]), at: location, &diagnostics)
    let rest = text[text.index(after: equals)...]
    let place = file.location(of: rest.startIndex)
    let value =
      rest.allSatisfy(\.isWhitespace)
      ? Node(.scalar("", isPlain: true), at: place)
      : YAML.parse(SourcePart(rest, from: place), &diagnostics)
    guard let path, let value else { return nil }
    return Setting(path: path, value: value)
  }

  /// `tree` with these values set; paths that lead nowhere are reported. `resolver` completes tails of addresses. A
  /// setting of nothing takes away the value that is there, which `removed` then has.
  package func applied(
    to tree: Node, _ resolver: AddressResolver, _ diagnostics: inout Diagnostics
  ) -> (tree: Node, removed: [RemovedValue]) {
    var removed: [RemovedValue] = []
    let tree = settings.reduce(tree) { tree, setting in
      guard let target = resolver.target(of: setting.path, in: tree, &diagnostics) else {
        return tree
      }
      let path = target.path
      guard path.section != SpecFile.extendsKey else {
        diagnostics.error(
          .badPath, "'extends' cannot be set here: it says which files are read",
          at: setting.value.location, hint: "write a file that extends them")
        return tree
      }
      if setting.value.isNull, let rest = tree.removing(at: path) {
        removed.append(RemovedValue(address: target.address, location: setting.value.location))
        return rest
      }
      let tree = resolver.prepared(tree, for: path)
      return tree.setting(setting.value, at: path, &diagnostics) ?? tree
    }
    return (tree, removed)
  }
}

extension SourceFile {
  /// The place of the character at `index` of the text.
  func location(of index: String.Index) -> Location {
    location(atByte: text.utf8.distance(from: text.startIndex, to: index))
  }
}
