import Documents

extension Manifest {
  private static let longestClassName = 1000

  /// Throws unless these can be such names: they stand in every table.
  static func check(name: String, tag: String?, classNames: [String]) throws(JSONError) {
    guard ExperimentName.isValid(name) else {
      throw JSONError(reason: "'name' \(ExperimentName.rule)")
    }
    guard tag.map(ExperimentName.isValid) ?? true else {
      throw JSONError(reason: "'tag' \(ExperimentName.rule)")
    }
    guard classNames.allSatisfy({ $0.utf8.count <= longestClassName }) else {
      throw JSONError(reason: "a name of a class has more than \(longestClassName) bytes")
    }
  }

  /// What follows from a run's spec and its data alone. What a sweep varies does not: a run knows one of its
  /// combinations.
  package var consequences: PlainValue {
    get throws {
      let keys: Set<CodingKeys> = [
        .name, .description, .epochsPlanned, .data, .layers, .parameterCount, .laneSize,
      ]
      let names = Set(keys.map(\.stringValue))
      return .map(try PlainValue(encoding: self).entries.filter { names.contains($0.key) })
    }
  }
}
