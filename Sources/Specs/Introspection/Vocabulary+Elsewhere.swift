extension Vocabulary {
  /// Where a key belongs that `spec` does not have: `'training' has it`; nil if it belongs nowhere.
  ///
  /// What the key most likely stands for counts too, but no mere likeness of letters.
  func whereabouts(of key: String, notIn spec: any Spec.Type) -> String? {
    whereabouts(of: key, notIn: spec) { $0.first { $0 == key } }
      ?? whereabouts(of: key, notIn: spec) { Suggestions.sameOrSynonym(of: key, among: $0) }
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
        guard !family.has(spec), let hint = family.whereabouts(find) else { continue }
        return hint
      }
    }
    return nil
  }
}

extension Vocabulary.Family {
  /// `'early_stopping' and 'reduce_lr_on_plateau' under 'callbacks' have 'patience'`
  fileprivate func whereabouts(_ find: ([String]) -> String?) -> String? {
    let members = catalog.all.map { (type: $0.type, keys: fields(of: $0).map(\.key)) }
    guard let known = members.compactMap({ find($0.keys) }).first else { return nil }
    let owners = members.filter { $0.keys.contains(known) }.map { "'\($0.type)'" }
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
