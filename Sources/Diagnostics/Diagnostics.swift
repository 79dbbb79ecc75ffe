/// Everything found in what the user wrote; each thing once.
package struct Diagnostics: Error, Sendable {
  /// All in the order in which they were found.
  package private(set) var all: [Diagnostic] = []
  package private(set) var errorCount = 0
  /// The number of times that something was added, even if it was there already.
  package private(set) var reportCount = 0
  /// Likewise, errors alone.
  package private(set) var errorReportCount = 0
  private var seen: Set<Diagnostic.Identity> = []

  /// Starts with these.
  package init(_ diagnostics: [Diagnostic] = []) {
    for diagnostic in diagnostics { add(diagnostic) }
  }

  /// True if there is more than warnings.
  package var hasErrors: Bool { errorCount > 0 }

  /// Adds a diagnostic, unless the very same one is there: aliases lead to a node more than once.
  package mutating func add(_ diagnostic: Diagnostic) {
    reportCount += 1
    if diagnostic.severity == .error { errorReportCount += 1 }
    guard seen.insert(diagnostic.identity).inserted else { return }
    all.append(diagnostic)
    if diagnostic.severity == .error { errorCount += 1 }
  }

  /// Adds an error.
  package mutating func error(
    _ identifier: Diagnostic.Identifier, _ message: String, at location: Location?,
    notes: [Diagnostic.Note] = [], hint: String? = nil
  ) {
    add(
      Diagnostic(
        identifier: identifier, message: message, location: location, notes: notes, hint: hint))
  }

  /// Adds a warning.
  package mutating func warning(
    _ identifier: Diagnostic.Identifier, _ message: String, at location: Location?,
    notes: [Diagnostic.Note] = [], hint: String? = nil
  ) {
    add(
      Diagnostic(
        identifier: identifier, severity: .warning, message: message, location: location,
        notes: notes, hint: hint))
  }

  /// All in the order of the file; what has no place comes first, equals stay as found.
  package var sorted: [Diagnostic] {
    all.enumerated().sorted { left, right in
      switch (left.element.location, right.element.location) {
      case (let a?, let b?) where a != b: a < b
      case (nil, .some): true
      case (.some, nil): false
      default: left.offset < right.offset
      }
    }.map(\.element)
  }

  /// The text of all, in the order of the file.
  package func rendered(color: Bool = false, width: Int? = nil) -> String {
    sorted.map { $0.rendered(color: color, width: width) }.joined(separator: "\n")
  }
}

extension Diagnostic {
  /// The key by which duplicate diagnostics are recognized.
  package struct Identity: Hashable {
    private let identifier: Identifier, message: String, location: Location?

    fileprivate init(_ diagnostic: Diagnostic) {
      identifier = diagnostic.identifier
      message = diagnostic.message
      location = diagnostic.location
    }
  }

  package var identity: Identity { Identity(self) }
}
