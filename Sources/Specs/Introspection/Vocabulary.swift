import Diagnostics
import Documents

/// Everything that a spec can name: found by going through the declarations, level by level, from a root on.
package struct Vocabulary: Sendable {
  /// A map of fields that stands at a key.
  package struct Section: Sendable {
    package let type: any Spec.Type
    package let place: Place
  }

  /// A catalogue, and the first place where its members can stand.
  package struct Family: Sendable {
    package let catalog: any Catalog.Type
    package let place: Place
    /// The purpose of the field there, in one sentence.
    package let help: String
    /// True if its members stand in a list.
    package let isList: Bool
  }

  /// A section or a catalogue.
  package enum Entry: Sendable {
    case section(Section)
    case family(Family)
  }

  /// The nearest to the root first.
  package private(set) var entries: [Entry] = []
  /// The keys of all of them.
  private(set) var fieldNames = Suggestions.Names()
  /// Words by which others know the keys, and the names of types.
  package private(set) var otherNames: OtherNames = [:]
  /// Keys of other tools, and what to do instead.
  private var foreignKeys: [String: String] = [:]
  /// Fields with maps whose keys are the user's own, and where they stand; not gone through yet.
  private var named: [(FieldDescription, Place)] = []

  /// All that can be reached from `root`, then all from `others`, which are the roots of other files.
  package init(root: any Spec.Type, others: [any Spec.Type] = []) {
    var others = others[...]
    var seen: Set<ObjectIdentifier> = [ObjectIdentifier(root)]
    entries = [.section(Section(type: root, place: Place()))]
    var next = 0
    while true {
      if next == entries.count {
        // Parts below names of the user's choice come last, since any other place describes them better.
        if !named.isEmpty {
          let (field, place) = named.removeFirst()
          add(field.schema.parts, of: field, at: place, &seen)
        } else if let other = others.popFirst() {
          entries.append(.section(Section(type: other, place: Place())))
        } else {
          break
        }
        continue
      }
      switch entries[next] {
      case .section(let section):
        otherNames.add(section.type.otherWords)
        foreignKeys.merge(section.type.foreignKeys) { first, _ in first }
        add(section.type.fieldDescriptions, at: section.place, &seen)
      case .family(let family):
        for field in family.catalog.commonDescriptions { fieldNames.insert(field.key) }
        otherNames.add(family.catalog.otherCommonKeys)
        foreignKeys.merge(family.catalog.sharedForeignKeys) { first, _ in first }
        for member in family.catalog.entries {
          otherNames.add(member.otherWords)
          let step = Place.Step.member(member, family.catalog)
          add(member.fieldDescriptions, at: family.memberPlace.adding(step), &seen)
        }
      }
      next += 1
    }
  }

  /// What to do instead of using a key of other tools; nil if there is nothing to say.
  package func advice(on key: String) -> String? {
    Suggestions.advice(on: key, in: foreignKeys)
  }

  private mutating func add(
    _ fields: [FieldDescription], at place: Place, _ seen: inout Set<ObjectIdentifier>
  ) {
    for field in fields {
      fieldNames.insert(field.key)
      let place = place.adding(.key(field.key))
      let parts = field.schema.parts
      add(parts.filter { $0.step?.isKey != true }, of: field, at: place, &seen)
      if parts.contains(where: { $0.step?.isKey == true }) { named.append((field, place)) }
    }
  }

  private mutating func add(
    _ parts: [Schema.Part], of field: FieldDescription, at place: Place,
    _ seen: inout Set<ObjectIdentifier>
  ) {
    for part in parts where seen.insert(part.identity).inserted {
      switch part.thing {
      case .spec(let type):
        let place = part.step.map { place.adding($0) } ?? place
        entries.append(.section(Section(type: type, place: place)))
      case .catalog(let catalog):
        entries.append(
          .family(
            Family(
              catalog: catalog,
              place: part.step?.isKey == true ? place.adding(.key("name")) : place,
              help: field.help, isList: part.step?.isItem == true)))
      }
    }
  }

  /// The sections, the root first.
  package var sections: [Section] {
    entries.compactMap { if case .section(let section) = $0 { section } else { nil } }
  }

  /// The catalogues.
  package var families: [Family] {
    entries.compactMap { if case .family(let family) = $0 { family } else { nil } }
  }

  /// The smallest catalogue that has `member`: a function is an activation, though it is a layer too.
  func home(of member: any Spec.Type) -> Family? {
    families.filter { $0.has(member) }.min { $0.catalog.entries.count < $1.catalog.entries.count }
  }
}

extension Spec {
  /// Words by which others know its keys and its type.
  fileprivate static var otherWords: OtherNames {
    FieldLayout.of(Self.self).otherKeys.adding(OtherNames([(type, otherNames)]))
  }
}

extension Catalog {
  fileprivate static var otherCommonKeys: OtherNames { FieldLayout.of(Common.self).otherKeys }

  /// The foreign keys of two members and more; what a single one says of a key need not be right elsewhere.
  fileprivate static var sharedForeignKeys: [String: String] {
    let tables = entries.map { $0.foreignKeys }
    return tables.reduce(into: [:]) { shared, table in
      for (key, advice) in table where tables.count(where: { $0[key] != nil }) > 1 {
        shared[key] = advice
      }
    }
  }
}

extension Vocabulary.Family {
  /// The place of one of its members.
  var memberPlace: Place { isList ? place.adding(.item) : place }

  func has(_ type: any Spec.Type) -> Bool { catalog.entries.contains { $0 == type } }

  /// The fields of `member`, and those that all have.
  func fields(of member: any Spec.Type) -> [FieldDescription] {
    member.fieldDescriptions + catalog.commonDescriptions
  }

  /// An example of `member`, where it can stand.
  package func example(of member: any Spec.Type) -> PlainValue {
    memberPlace.wrapping(catalog.example(of: member))
  }
}

extension Vocabulary.Section {
  /// An example, where it can stand.
  package var example: PlainValue { place.wrapping(type.example) }
}

extension Schema.Part {
  var identity: ObjectIdentifier {
    switch thing {
    case .spec(let type): ObjectIdentifier(type)
    case .catalog(let catalog): ObjectIdentifier(catalog)
    }
  }
}
