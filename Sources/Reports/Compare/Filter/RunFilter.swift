import Diagnostics
import Documents
import Metrics
import Records

/// A condition on the runs of a comparison: `optimizer == adam and training.epochs > 5`.
package struct RunFilter: Sendable {
  private let expression: FilterExpression

  /// The filter that `text` describes, which messages call `name`.
  ///
  /// Throws a syntax error with its place in the text.
  package init(_ text: String, named name: String = "--where") throws(Diagnostics) {
    expression = try FilterParser.parse(SourceFile(path: name, text: text))
  }

  /// A function that tells whether the expression holds for a run.
  ///
  /// Throws all names that no run knows, with their places in the text.
  func condition(
    _ table: ValueTable, _ names: Addresses
  ) throws(Diagnostics) -> (RunRecord) -> Bool {
    var (values, mistakes) = ([Location: (RunRecord) -> FilterValue?](), Diagnostics())
    for comparison in expression.comparisons {
      do {
        values[comparison.location] = try Self.value(comparison, names, table)
      } catch {
        for mistake in error.all { mistakes.add(mistake) }
      }
    }
    if mistakes.hasErrors { throw mistakes }
    return { [expression] run in expression.holds { $0.matches(values[$0.location]?(run)) } }
  }

  /// A function that finds the value that `comparison` names in a run.
  private static func value(
    _ comparison: FilterComparison, _ names: Addresses, _ table: ValueTable
  ) throws(Diagnostics) -> (RunRecord) -> FilterValue? {
    let name = comparison.name
    if let property = RunProperty(rawValue: name) { return property.value }
    if let score = ScoreName(rawValue: name) {
      return { $0.results?.value(of: score).map { FilterValue($0) } }
    }
    // A run's own addresses count, whatever other runs are beside it.
    var valueOfExperiment: [String: FilterValue] = [:]
    var isKnown = false
    for (hash, tree) in table.trees {
      do {
        guard let address = try tree.address(of: name) else { continue }
        isKnown = true
        valueOfExperiment[hash] = tree[path: address]?.shown.map { FilterValue($0) }
      } catch {
        throw .filter(error.description, at: comparison.location, hint: AmbiguousAddress.hint)
      }
    }
    // Without any experiment there is nothing to check the name against.
    guard isKnown || table.trees.isEmpty else {
      let others = RunProperty.allCases.map(\.rawValue) + ScoreName.allCases.map(\.rawValue)
      throw .filter(
        "no run has a value '\(name)'", at: comparison.location,
        hint: names.nearest(to: name, or: others).map { "did you mean '\($0)'?" }
          ?? "values.json in a run's folder has all values; 'exp show RUN ADDRESS' shows one")
    }
    return { valueOfExperiment[$0.specHash] }
  }
}

extension PlainValue {
  /// The value as a table shows it: of a thing its type, of a list of things their types; nil for a mere map.
  fileprivate var shown: PlainValue? {
    if let items = namedItems { return .list(items.compactMap { $0.item["type"] }) }
    if case .map = self { return self["type"] }
    return self
  }
}

/// The properties of a run, besides its spec and scores, that a filter can name.
package enum RunProperty: String, CaseIterable, Sendable {
  case name, tag, seed, fold, status, parameters, epochs
  case trainSeconds = "train_seconds"
  case dataset

  /// All, for a sentence: `name, seed … and dataset`.
  package static var names: String {
    let names = allCases.map(\.rawValue)
    return names.dropLast().joined(separator: ", ") + " and " + names.suffix(1).joined()
  }

  /// The value in `run`; nil if it has none.
  func value(of run: RunRecord) -> FilterValue? {
    switch self {
    case .name: FilterValue(run.name)
    case .tag: run.tag.map { FilterValue($0) }
    case .seed: FilterValue(Double(run.seed))
    case .fold: run.fold.map { FilterValue(Double($0.index)) }
    case .status: FilterValue(run.status.rawValue)
    case .parameters: FilterValue(Double(run.parameterCount))
    case .epochs: run.results.map { FilterValue(Double($0.epochs)) }
    case .trainSeconds: run.results.map { FilterValue($0.trainSeconds) }
    case .dataset: FilterValue(run.data.dataset)
    }
  }
}
