import Glibc

/// The two streams that a command writes to: results to standard output, everything else to standard error.
enum Console {
  /// Whether people watch standard error.
  static let isTerminal = isatty(STDERR_FILENO) == 1

  /// Whether text on standard error may have colours. https://no-color.org
  static let hasColor =
    isTerminal && getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
    && !CommandLine.arguments.contains("--no-color")

  /// Columns of the terminal that standard output goes to; nil if it goes elsewhere.
  static var outputWidth: Int? { width(of: STDOUT_FILENO) }

  /// Columns of the terminal that standard error goes to; nil if it goes elsewhere.
  static var errorWidth: Int? { width(of: STDERR_FILENO) }

  /// Writes a result.
  static func output(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// Writes a message, ending its line.
  static func error(_ text: String) {
    write(text.hasSuffix("\n") ? text : text + "\n", to: STDERR_FILENO)
  }

  /// Writes to standard error as it is.
  static func raw(_ text: String) { write(text, to: STDERR_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = UnsafeBufferPointer(rebasing: rest)
        let count = Glibc.write(descriptor, part.baseAddress, part.count)
        if count > 0 {
          rest = rest.dropFirst(count)
        } else if errno != EINTR {
          return  // nobody reads any more: there is nobody left to tell
        }
      }
    }
  }

  private static func width(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard isatty(descriptor) == 1 else { return nil }
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
