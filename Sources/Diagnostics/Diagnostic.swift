/// One thing that is wrong, or doubtful, in what the user wrote.
package struct Diagnostic: Error, Sendable {
  /// The weight of a diagnostic: an error keeps the spec from being used.
  package enum Severity: String, Sendable { case error, warning }

  /// A second place that helps to understand the first.
  package struct Note: Sendable {
    package let message: String
    package let location: Location?

    /// A note on a place.
    package init(_ message: String, at location: Location?) {
      self.message = message
      self.location = location
    }
  }

  /// The kind of mistake.
  package let identifier: Identifier
  /// Error or warning.
  package let severity: Severity
  /// The mistake, in one clause without a full stop.
  package let message: String
  /// The place; nil if it concerns no place in a file.
  package let location: Location?
  /// Other places that matter.
  package let notes: [Note]

  /// Advice on what the user may do about it.
  package let hint: String?

  /// An error of no place, unless said otherwise.
  package init(
    identifier: Identifier, severity: Severity = .error, message: String, location: Location? = nil,
    notes: [Note] = [], hint: String? = nil
  ) {
    self.identifier = identifier
    self.severity = severity
    self.message = message
    self.location = location
    self.notes = notes
    self.hint = hint
  }

  /// The same with one more note.
  package func adding(_ note: Note) -> Diagnostic {
    Diagnostic(
      identifier: identifier, severity: severity, message: message, location: location,
      notes: notes + [note], hint: hint)
  }
}
