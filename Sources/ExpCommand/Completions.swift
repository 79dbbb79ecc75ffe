import ArgumentParser
import Glibc
import Records

/// The candidates that shells offer for arguments.
enum Completions {
  /// Specs, and folders on the way to them.
  static let specs = CompletionKind.file(extensions: ["yaml", "yml"])

  /// `latest`, and the names of experiments and runs below the folder that the command line names.
  static let runs = CompletionKind.custom { words, _, prefix in
    let root = folder(in: words)
    let names = RunCatalog.names(in: root)
    // A word that begins as a path is completed as a path.
    let start = root + "/"
    let words = unquoted(prefix).hasPrefix(start) ? names.map { start + $0 } : ["latest"] + names
    // Each candidate is a line, so names with line breaks are left out.
    return words.filter { !$0.contains(where: \.isNewline) }.map(literal)
  }

  /// `word`, quoted so that the shell offers it as it is. Bash expands the candidates, so a folder's name could run a
  /// command, and the argument parser does not quote them.
  private static func literal(_ word: String) -> String {
    guard CompletionShell.requesting == .bash else { return word }
    return "'" + word.replacing("'", with: #"'\''"#) + "'"
  }

  /// The folder of runs, given by `--output-dir`.
  private static func folder(in words: [String]) -> String {
    let option = "--output-dir"
    for (word, next) in zip(words, words.dropFirst() + [""]) {
      if word.hasPrefix(option + "=") { return path(String(word.dropFirst(option.count + 1))) }
      // Bash splits words at `=`.
      if word == option, next != "", next != "=" { return path(next) }
    }
    for (place, word) in words.enumerated().dropLast(2)
    where word == option && words[place + 1] == "=" {
      return path(words[place + 2])
    }
    return RunsOptions.usual
  }

  /// The path in a word, without trailing slashes.
  private static func path(_ word: String) -> String {
    var path = unquoted(word)
    if path.hasPrefix("~/"), let home = getenv("HOME") {
      path = String(cString: home) + path.dropFirst()
    }
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  /// A word of the command line without quotes and escapes. Variables and the like are not expanded.
  private static func unquoted(_ word: String) -> String {
    var result = ""
    var (quote, isEscaped): (Character?, Bool) = (nil, false)
    for character in word {
      if isEscaped {
        result.append(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, "'\"".contains(character) {
        quote = character
      } else {
        result.append(character)
      }
    }
    return result
  }
}
