import Documents
import Records

extension RunRecord {
  /// The records that `value(at:in:)` looks into, by the first part of a key.
  package static let recordNames: Set<String> = ["manifest", "results", "evaluations"]

  /// The value at `key` in `manifest`, which is run.json (`manifest.seed`), in results.json (`results.test.f1_macro`), or
  /// in the evaluations on other data (`evaluations.NAME.scores.f1_macro`), or the run's `seed` or `fold`, as the text of
  /// `exp show RUN KEY`: plain values bare, others as JSON.
  package func value(at key: String, in manifest: Manifest) throws -> String {
    // As tables and filters know them.
    if key == "seed" { return "\(self.seed)\n" }
    if key == "fold", let fold = self.fold { return "\(fold.index)\n" }
    let record = PlainValue.map(
      try [("manifest", PlainValue(encoding: manifest))]
        + (self.results.map { [("results", try PlainValue(encoding: $0))] } ?? [])
        + evaluationTrees)
    let steps = Self.steps(of: key, in: record)
    guard let value = steps.reduce(record, { $0?[step: $1] }) else {
      throw UnknownKeyError(key, steps, in: record)
    }
    return switch value {
    case .string(let text): text + "\n"
    case .number(let number) where !number.isFinite: "\(number)\n"
    default: value.indentedJSON
    }
  }

  /// The steps of the address `key`, at whose points it is split but for those in an evaluation's name.
  private static func steps(of key: String, in record: PlainValue) -> [Substring] {
    let steps = key.split(separator: ".", omittingEmptySubsequences: false)
    guard let names = record[step: "evaluations"]?.entries.map(\.key), steps.first == "evaluations"
    else { return steps }
    let rest = steps.dropFirst()
    let longest = names.map { $0.split(separator: ".", omittingEmptySubsequences: false) }
      .filter { rest.starts(with: $0) }.max { $0.count < $1.count }
    guard let longest else { return steps }
    return ["evaluations", Substring(longest.joined(separator: "."))]
      + rest.dropFirst(longest.count)
  }

  /// The evaluations on other data that can be read, under their names; nothing if there are none.
  private var evaluationTrees: [(key: String, value: PlainValue)] {
    get throws {
      let trees = try evaluations.compactMap { name, state in
        try state.evaluation.map { (key: name, value: try PlainValue(encoding: $0)) }
      }
      return trees.isEmpty ? [] : [("evaluations", .map(trees))]
    }
  }
}

/// The error that a run records nothing under a key.
package struct UnknownKeyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The key.
  package let key: String
  /// The longest beginning of the key that exists; empty if none does.
  package let parent: String
  /// The keys that exist below `parent`.
  package let available: [String]

  /// Nothing is in `record` behind the `steps` of `key`.
  init(_ key: String, _ steps: [Substring], in record: PlainValue) {
    self.key = key
    var (value, known) = (record, [Substring]())
    for part in steps {
      guard let next = value[step: part] else { break }
      (value, known) = (next, known + [part])
    }
    parent = known.joined(separator: ".")
    available =
      switch value {
      case .map(let members): members.map(\.key)
      case .list(let items): items.indices.map(String.init)
      default: []
      }
  }

  /// `nothing is at 'results.f1'; 'results' has: validation, test, …`
  package var description: String {
    let place = parent.isEmpty ? "the run" : "'\(parent)'"
    let contents =
      available.isEmpty ? "is a single value" : "has: " + available.joined(separator: ", ")
    return "nothing is at '\(key)'; \(place) \(contents)"
  }
}
