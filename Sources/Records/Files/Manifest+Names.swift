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
}
