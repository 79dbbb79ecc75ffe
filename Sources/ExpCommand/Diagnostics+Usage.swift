import Diagnostics

extension Diagnostics {
  /// The diagnostics for a command line that makes no sense.
  static func usage(_ message: String, hint: String? = nil) -> Diagnostics {
    Diagnostics([Diagnostic(identifier: .usage, message: message, hint: hint)])
  }
}
