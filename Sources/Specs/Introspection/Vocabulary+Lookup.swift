import Diagnostics
import TextLayout

extension Vocabulary {
  /// Something that a name stands for.
  package enum Subject: Sendable {
    case section(Section)
    case family(Family)
    case member(any Spec.Type, Family)
    /// A field that each of the `owners` (`conv2d`, or `experiment`) declares alike.
    case field(FieldDescription, owners: [String])
  }

  /// Looks up `name`: a type, a section, a catalogue, or keys with points between them that lead to one or to a field.
  /// Throws a `Diagnostic` if it is nothing.
  package func subjects(named name: String) throws(Diagnostic) -> [Subject] {
    let names = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let first = names.first else { return [] }
    var found = subjects(first)
    if found.isEmpty { found = fields(first) }
    guard !found.isEmpty else { throw unknown(first) }
    for name in names.dropFirst() {
      let inner = found.flatMap { self.inner(name, of: $0) }
      guard !inner.isEmpty else { throw unknown(name, in: found) }
      found = inner
    }
    return merged(found)
  }

  /// Every name that can be explained, without keys that are only fields.
  package var names: [String] {
    var seen: Set<String> = []
    let all = entries.flatMap { entry in
      switch entry {
      case .section(let section): [section.type.type]
      case .family(let family):
        [family.place.key ?? "", family.catalog.noun] + family.catalog.entries.map { $0.type }
      }
    }
    return all.filter { seen.insert($0).inserted }
  }

  /// Sections, catalogues and members of that name.
  private func subjects(_ name: String) -> [Subject] {
    let named = entries.flatMap { entry -> [Subject] in
      switch entry {
      case .section(let section):
        section.place.key == name
          ? fields(name).filter { isMoreThanSection($0, section) } + [.section(section)]
          : section.type.type == name ? [.section(section)] : []
      case .family(let family):
        [family.catalog.noun, family.place.key].contains(name)
          ? [.family(family)]
          : family.catalog.entries.filter { $0.type == name }.map { .member($0, family) }
      }
    }
    return named.isEmpty ? fields(name).flatMap(parts) : named
  }

  /// All fields with that key.
  private func fields(_ key: String) -> [Subject] {
    entries.flatMap { entry in
      switch entry {
      case .section(let section): inner(key, of: .section(section))
      case .family(let family): fields(key, of: family)
      }
    }
  }

  private func fields(_ key: String, of family: Family) -> [Subject] {
    let common = family.catalog.commonDescriptions.filter { $0.key == key }
    return family.catalog.entries.flatMap { inner(key, of: $0, common: []) }
      + common.map { .field($0, owners: ["every \(family.catalog.noun)"]) }
  }

  private func inner(
    _ key: String, of type: any Spec.Type, common: [FieldDescription]
  ) -> [Subject] {
    (type.fieldDescriptions + common).filter { $0.key == key }
      .map { .field($0, owners: [type.type]) }
  }

  /// The subjects that `name` stands for inside of a subject.
  private func inner(_ name: String, of subject: Subject) -> [Subject] {
    switch subject {
    case .section(let section): return inner(name, of: section.type, common: [])
    case .member(let type, let family):
      return inner(name, of: type, common: family.catalog.commonDescriptions)
    case .family(let family):
      let members = family.catalog.entries.filter { $0.type == name }
      return members.isEmpty ? fields(name, of: family) : members.map { .member($0, family) }
    case .field: return parts(subject).flatMap { inner(name, of: $0) }
    }
  }

  /// The sections and catalogues that a field's value can be.
  private func parts(_ subject: Subject) -> [Subject] {
    guard case .field(let field, _) = subject else { return [] }
    // A map of the user's own names is more than what stands under them.
    let wanted = Set(field.schema.parts.filter { $0.step?.isKey != true }.map(\.identity))
    return entries.compactMap { entry in
      switch entry {
      case .section(let section):
        wanted.contains(ObjectIdentifier(section.type)) ? .section(section) : nil
      case .family(let family):
        wanted.contains(ObjectIdentifier(family.catalog)) ? .family(family) : nil
      }
    }
  }

  /// Each section, catalogue and member once; fields that are declared alike as one; a field that is no more than a
  /// section or a catalogue as that.
  private func merged(_ subjects: [Subject]) -> [Subject] {
    var seen: Set<String> = []
    var result: [Subject] = []
    for subject in subjects.flatMap({ subject in wholeParts(subject) ?? [subject] }) {
      guard case .field(let field, let owners) = subject else {
        if seen.insert(identity(of: subject)).inserted { result.append(subject) }
        continue
      }
      let same = result.firstIndex { other in
        if case .field(let other, _) = other { other.isDeclaredAs(field) } else { false }
      }
      if let same, case .field(let field, let others) = result[same] {
        let added = owners.filter { !others.contains($0) }
        result[same] = .field(field, owners: others + added)
      } else {
        result.append(subject)
      }
    }
    return result
  }

  /// True if a field takes `section`, and something else too.
  private func isMoreThanSection(_ subject: Subject, _ section: Section) -> Bool {
    guard case .field(let field, _) = subject, wholeParts(subject) == nil else { return false }
    return field.schema.parts.contains { $0.identity == ObjectIdentifier(section.type) }
  }

  private func wholeParts(_ subject: Subject) -> [Subject]? {
    guard case .field(let field, _) = subject else { return nil }
    let parts = parts(subject)
    return parts.isEmpty || field.schema.choices.contains(where: \.isScalar) ? nil : parts
  }

  private func identity(of subject: Subject) -> String {
    switch subject {
    case .section(let section): "\(section.type)"
    case .family(let family): "\(family.catalog)"
    case .member(let type, let family): "\(family.catalog).\(type)"
    case .field: ""
    }
  }

  /// The keys of all fields.
  private var keys: [String] {
    entries.flatMap { entry in
      switch entry {
      case .section(let section): section.type.fieldDescriptions.map(\.key)
      case .family(let family):
        family.catalog.entries.flatMap { family.fields(of: $0).map(\.key) }
      }
    }
  }

  private func unknown(_ name: String) -> Diagnostic {
    let near =
      Suggestions.nearest(to: name, among: names + keys, otherNames).map {
        "did you mean '\($0)'? "
      } ?? ""
    let sections = sections.map { $0.type.type }.joined(separator: ", ")
    let kinds = families.map { $0.catalog.noun }.enumeratedInWords
    return Diagnostic(
      identifier: .usage, message: "there is nothing called \(name.quoted) to explain",
      hint: "\(near)there are sections (\(sections)) and types of \(kinds); 'exp explain' lists all"
    )
  }

  private func unknown(_ name: String, in subjects: [Subject]) -> Diagnostic {
    let (title, names): (String, [String]) =
      switch subjects[0] {
      case .section(let section): (section.type.type, section.type.fieldDescriptions.map(\.key))
      case .member(let type, let family): (type.type, family.fields(of: type).map(\.key))
      case .family(let family): (family.catalog.noun, family.catalog.entries.map { $0.type })
      case .field(let field, _): (field.key, [])
      }
    let near = Suggestions.nearest(to: name, among: names, otherNames)
    return Diagnostic(
      identifier: .usage, message: "'\(title)' has no \(name.quoted)",
      hint: (near.map { "did you mean '\($0)'? " } ?? "")
        + (names.isEmpty
          ? "it is a value and has no keys" : "'\(title)' has \(names.joined(separator: ", "))"))
  }
}

extension FieldDescription {
  /// True if another field says the same.
  fileprivate func isDeclaredAs(_ other: FieldDescription) -> Bool {
    key == other.key && help == other.help && defaultValue == other.defaultValue
      && isRequired == other.isRequired && schema.label == other.schema.label
      && conditions == other.conditions
  }
}

extension Schema {
  /// True if a value can be a scalar that is no member's name.
  fileprivate var isScalar: Bool {
    switch self {
    case .text, .wholeNumber, .number, .truth, .names: true
    default: false
    }
  }
}
