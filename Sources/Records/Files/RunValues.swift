import Documents
import Files

/// Every value in force in a run: values.json. Items of lists have their names.
package struct RunValues: Sendable {
  /// A section of the spec, such as `optimizer`, with its values in force.
  ///
  /// Runs that have the same text there share one.
  package final class Section: Sendable {
    /// The key of the section.
    package let key: String
    /// The values of the section.
    package let value: PlainValue

    /// The section `key` with `value` in it.
    package init(key: String, value: PlainValue) {
      self.key = key
      self.value = value
    }
  }

  /// The sections that make two runs the same experiment.
  package let experiment: [Section]
  /// The sections that belong to the run: its name, seeds and targets.
  package let run: PlainValue

  /// The values of a run.
  ///
  /// - Parameters:
  ///   - experiment: a map of the sections that make it the experiment that it is.
  ///   - run: a map of all others.
  package init(experiment: PlainValue, run: PlainValue) {
    self.experiment = experiment.entries.map { Section(key: $0.key, value: $0.value) }
    self.run = run
  }

  /// All sections as one tree.
  package var tree: PlainValue { run.merged(with: experimentTree) }

  /// The sections that make it the experiment that it is, as one tree.
  package var experimentTree: PlainValue { .map(experiment.map { ($0.key, $0.value) }) }
}

extension RunValues: JSONReadable {
  private enum CodingKeys: String, CodingKey { case experiment, run }

  /// The contents of values.json.
  var json: PlainValue {
    .map([
      (CodingKeys.experiment.stringValue, experimentTree), (CodingKeys.run.stringValue, run),
    ])
  }

  package init(json node: JSONNode) throws { try self.init(json: node, sharing: SharedValues()) }

  /// Reads values, of which `known` may already have some sections.
  init(json node: JSONNode, sharing known: SharedValues<Section>) throws {
    let json = node.object(CodingKeys.self)
    run = try json(.run)
    guard case .map = run else { throw try node.requiredValue(at: "run").wrongType }
    experiment = try node.requiredValue(at: CodingKeys.experiment.stringValue).members.map {
      key, value in
      // Shared by key and text, since another section may have the same text.
      let text = Array(key.utf8) + [0] + value.document.text(at: value.index)
      return try text.withUnsafeBytes { text in
        try known.value(of: text) { Section(key: key, value: try PlainValue(json: value)) }
      }
    }
  }
}

extension RunValues: Hashable {
  package static func == (left: RunValues, right: RunValues) -> Bool {
    left.tree == right.tree
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(experiment.map(\.key))
  }
}

extension PlainValue {
  /// Both maps as one, entry by entry.
  fileprivate func merged(with other: PlainValue) -> PlainValue {
    guard case .map(let own) = self, case .map(let others) = other else { return other }
    let merged = own.map { entry in
      (entry.key, other[entry.key].map { entry.value.merged(with: $0) } ?? entry.value)
    }
    return .map(merged + others.filter { self[$0.key] == nil })
  }
}
