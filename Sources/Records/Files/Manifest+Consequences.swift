import Documents

extension Manifest {
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
