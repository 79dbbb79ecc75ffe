import Diagnostics

extension Diagnostics {
  /// The command line asks for what makes no sense.
  static func usage(_ message: String, hint: String? = nil) -> Diagnostics {
    Diagnostics([Diagnostic(identifier: .usage, message: message, hint: hint)])
  }
}
