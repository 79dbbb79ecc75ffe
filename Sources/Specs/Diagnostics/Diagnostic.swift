/// One thing that is wrong, or doubtful, in what the user wrote.
public struct Diagnostic: Error, Sendable {
  /// Whether it keeps the spec from being used.
  public enum Severity: String, Sendable { case error, warning }

  /// A second place that helps to understand the first.
  public struct Note: Sendable {
    public let message: String
    public let location: Location?

    /// A note on a place.
    public init(_ message: String, at location: Location?) {
      self.message = message
      self.location = location
    }
  }

  /// The kind of mistake.
  public let identifier: Identifier
  /// Error or warning.
  public let severity: Severity
  /// What is wrong, in one clause without a full stop.
  public let message: String
  /// Where; nil if it concerns no place in a file.
  public let location: Location?
  /// Other places that matter.
  public let notes: [Note]

  /// What the user may do about it.
  public let hint: String?

  /// An error of no place, unless said otherwise.
  public init(
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
