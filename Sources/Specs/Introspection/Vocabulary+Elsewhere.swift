import Diagnostics

extension Vocabulary {
  /// The section in which a key belongs that `spec` does not have: `'training' has it`; nil if it belongs nowhere.
  ///
  /// Synonyms of the key count too, but similar letters do not. If the key belongs to another member of the same
  /// catalogue, only the `type` may be wrong, and then the keys of `spec` are more helpful.
  package func whereabouts(of key: String, notIn spec: any Spec.Type) -> String? {
    guard fieldNames.hasSameOrSynonym(of: key, otherNames) else { return nil }
    let ways: [([String]) -> String?] = [
      { $0.first { $0 == key } }, { Suggestions.sameOrSynonym(of: key, among: $0, otherNames) },
    ]
    for find in ways {
      if families.contains(where: { $0.has(spec) && $0.key(find) != nil }) { return nil }
      if let hint = whereabouts(of: key, notIn: spec, find) { return hint }
    }
    return nil
  }

  /// The same for a key that `find` finds among others.
  private func whereabouts(
    of key: String, notIn spec: any Spec.Type, _ find: ([String]) -> String?
  ) -> String? {
    for entry in entries {
      switch entry {
      case .section(let section):
        guard section.type != spec, let known = find(section.type.fieldDescriptions.map(\.key))
        else { continue }
        if section.place.key == nil { return "'\(known)' belongs at the top level" }
        return "'\(section.type.type)' has " + (known == key ? "it" : "'\(known)'")
      case .family(let family):
        guard let hint = family.whereabouts(find) else { continue }
        return hint
      }
    }
    return nil
  }
}

extension Vocabulary {
  /// The place of a type that `catalog` does not have, by its name or a synonym: `'mixup' belongs under 'augmentation'`;
  /// nil if no other catalogue has it either.
  package func whereabouts(ofType name: String, notIn catalog: any Catalog.Type) -> String? {
    let others = families.filter { $0.catalog != catalog }
    for family in others {
      let (names, synonyms) = (family.catalog.names, family.catalog.otherNames)
      if let known = Suggestions.sameOrSynonym(of: name, among: names, synonyms) {
        return "'\(known)' belongs under '\(family.place.key ?? "")'"
      }
    }
    return others.lazy.compactMap { Suggestions.advice(on: name, in: $0.catalog.foreignNames) }
      .first
  }
}

extension Vocabulary.Family {
  /// The first key that `find` finds among those of a member.
  fileprivate func key(_ find: ([String]) -> String?) -> String? {
    for member in catalog.entries {
      if let key = find(fields(of: member).map(\.key)) { return key }
    }
    return nil
  }

  /// `'early_stopping' and 'reduce_lr_on_plateau' under 'callbacks' have 'patience'`
  fileprivate func whereabouts(_ find: ([String]) -> String?) -> String? {
    guard let known = key(find) else { return nil }
    let members = catalog.entries
    let owners = members.filter { fields(of: $0).contains { $0.key == known } }
      .map { "'\($0.type)'" }
    let place = "under '\(place.key ?? "")'"
    if owners.count == members.count, owners.count > 2 {
      return "every \(catalog.noun) \(place) has '\(known)'"
    }
    let most = 4
    let names =
      owners.count > most
      ? owners.prefix(most - 1).joined(separator: ", ") + " and \(owners.count - most + 1) others"
      : owners.enumeratedInWords
    return "\(names) \(place) \(owners.count == 1 ? "has" : "have") '\(known)'"
  }
}

extension [String] {
  /// `a, b and c`
  var enumeratedInWords: String {
    count < 2 ? joined() : dropLast().joined(separator: ", ") + " and " + self[count - 1]
  }
}
