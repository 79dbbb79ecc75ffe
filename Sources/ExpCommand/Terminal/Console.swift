import Diagnostics
import Files
import Glibc
import TextLayout

/// The two output streams of a command: standard output for results, standard error for everything else.
///
/// All text passes through here, and names, messages and values may come from a stranger's run: whatever could steer a
/// terminal becomes visible, in pipes too, since most of them end at a terminal.
enum Console {
  /// True if standard error goes to a terminal that can redraw a line.
  static let isTerminal = isatty(STDERR_FILENO) == 1 && !isDumb

  /// True if text on standard error may have colours.
  static let hasColor = isTerminal && wantsColor

  /// True if standard output goes to a terminal, whatever that can do.
  static let isOutputTerminal = isatty(STDOUT_FILENO) == 1

  /// True if text on standard output may have colours.
  static let outputHasColor = isOutputTerminal && !isDumb && wantsColor

  /// True if the user has not asked for text without colours. https://no-color.org
  private static let wantsColor =
    getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
    && !CommandLine.arguments.contains("--no-color")

  private static let isDumb = getenv("TERM").map { String(cString: $0) } == "dumb"

  /// Columns of the terminal that standard output goes to; nil if it goes elsewhere.
  static var outputWidth: Int? { width(of: STDOUT_FILENO) }

  /// Columns of the terminal that standard error goes to; nil if it goes elsewhere.
  static var errorWidth: Int? { width(of: STDERR_FILENO) }

  /// Lines of the terminal that standard error goes to; nil if it goes elsewhere.
  static var errorHeight: Int? { size(of: STDERR_FILENO, usual: 24) { $0.ws_row } }

  /// Writes a result. Ends the process if that fails, unless the reader closed the pipe.
  static func output(_ text: String) {
    let bytes = Array(text.cleanedForTerminal(keepsStyles: outputHasColor).utf8)
    guard let code = Storage.writeAll(bytes, to: STDOUT_FILENO), code != EPIPE else { return }
    error("error: cannot write to standard output: \(String(cString: strerror(code)))")
    exit(ExitStatus.inputOutput.rawValue)
  }

  /// Writes a message, ending its line. On a terminal, lines of prose are broken at words.
  static func error(_ text: String) {
    let clean = text.cleanedForTerminal(keepsStyles: hasColor)
    let broken = errorWidth.map { clean.brokenAtWords(width: $0) } ?? clean
    raw(broken.hasSuffix("\n") ? broken : broken + "\n")
  }

  /// Writes what an error, or several, have to say.
  static func report(_ error: any ReportableError) {
    self.error(error.rendered(color: hasColor, width: errorWidth))
  }

  /// Writes something that a user should know and need do nothing about.
  static func note(_ text: String) { error("note: \(text)".singleLine.wrapped(to: errorWidth)) }

  /// Asks the user, and returns the answer in lower case; nil if standard input or error is no terminal.
  static func answer(to question: String) -> String? {
    guard isatty(STDIN_FILENO) == 1, isTerminal else { return nil }
    raw("\(question) ")
    return (readLine() ?? "").lowercased()
  }

  /// Writes `text` of our own to standard error as it is. Errors are ignored, since they could not be reported.
  static func raw(_ text: String) { _ = Storage.writeAll(Array(text.utf8), to: STDERR_FILENO) }

  private static func width(of descriptor: Int32) -> Int? {
    size(of: descriptor, usual: 80) { $0.ws_col }
  }

  /// A dimension of the terminal; `usual` if the terminal does not know it.
  private static func size(
    of descriptor: Int32, usual: Int, _ side: (winsize) -> UInt16
  ) -> Int? {
    var size = winsize()
    guard isatty(descriptor) == 1 else { return nil }
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, side(size) > 0 else { return usual }
    return Int(side(size))
  }
}
