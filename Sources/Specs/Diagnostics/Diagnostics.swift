/// Everything found in what the user wrote; each thing once.
public struct Diagnostics: Error, Sendable {
  /// All in the order in which they were found.
  public private(set) var all: [Diagnostic] = []
  package private(set) var errorCount = 0
  private var seen: Set<Diagnostic.Identity> = []
  /// The spec that everything now decoded is a part of, for hints to where a key belongs.
  var root: (any Spec.Type)? {
    didSet { (vocabulary, answers) = (nil, [:]) }
  }
  /// All that the root can say, once it is needed.
  private var vocabulary: Vocabulary?
  /// What was asked for already: each layer may have the same mistake.
  private var answers: [Question: String?] = [:]

  /// Starts with these.
  public init(_ diagnostics: [Diagnostic] = []) {
    for diagnostic in diagnostics { add(diagnostic) }
  }

  /// Whether there is more than warnings.
  public var hasErrors: Bool { errorCount > 0 }

  /// Where in the root a key belongs that `spec` does not have; nil if nowhere.
  mutating func whereabouts(of key: String, notIn spec: any Spec.Type) -> String? {
    guard let root else { return nil }
    let question = Question(key: key, spec: ObjectIdentifier(spec))
    if let answer = answers[question] { return answer }
    let known = vocabulary ?? Vocabulary(root: root)
    vocabulary = known
    let answer = known.whereabouts(of: key, notIn: spec)
    answers[question] = .some(answer)
    return answer
  }

  /// Where a key belongs that a spec does not have.
  private struct Question: Hashable {
    let key: String
    let spec: ObjectIdentifier
  }

  /// Adds a diagnostic, unless the very same one is there: aliases lead to a node more than once.
  public mutating func add(_ diagnostic: Diagnostic) {
    guard seen.insert(diagnostic.identity).inserted else { return }
    all.append(diagnostic)
    if diagnostic.severity == .error { errorCount += 1 }
  }

  /// Adds an error.
  public mutating func error(
    _ identifier: Diagnostic.Identifier, _ message: String, at location: Location?,
    notes: [Diagnostic.Note] = [], hint: String? = nil
  ) {
    add(
      Diagnostic(
        identifier: identifier, message: message, location: location, notes: notes, hint: hint))
  }

  /// Adds a warning.
  public mutating func warning(
    _ identifier: Diagnostic.Identifier, _ message: String, at location: Location?,
    notes: [Diagnostic.Note] = [], hint: String? = nil
  ) {
    add(
      Diagnostic(
        identifier: identifier, severity: .warning, message: message, location: location,
        notes: notes, hint: hint))
  }

  /// All in the order of the file; what has no place comes first, equals stay as found.
  public var sorted: [Diagnostic] {
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
  public func rendered(color: Bool = false) -> String {
    sorted.map { $0.rendered(color: color) }.joined(separator: "\n")
  }
}

extension Diagnostic {
  /// What tells a diagnostic from others.
  package struct Identity: Hashable {
    private let identifier: Identifier, message: String, location: Location?

    fileprivate init(_ diagnostic: Diagnostic) {
      (identifier, message) = (diagnostic.identifier, diagnostic.message)
      location = diagnostic.location
    }
  }

  package var identity: Identity { Identity(self) }
}
