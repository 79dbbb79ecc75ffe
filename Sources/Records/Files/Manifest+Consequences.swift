import Documents

extension Manifest {
  /// The part of the record that follows from the run's spec and data alone. The words for a sweep's combination do not: a
  /// run knows one of them.
  package var consequences: PlainValue {
    get throws {
      let keys: Set<CodingKeys> = [
        .name, .description, .fold, .epochsPlanned, .data, .layers, .parameterCount, .laneSize,
      ]
      let names = Set(keys.map(\.stringValue))
      return .map(try PlainValue(encoding: self).entries.filter { names.contains($0.key) })
    }
  }
}
