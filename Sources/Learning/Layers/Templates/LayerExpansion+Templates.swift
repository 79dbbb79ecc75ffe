import Diagnostics
import Specs

extension LayerExpansion {
  /// Adds the layers of `item`, a `repeat`, as often as it says.
  mutating func add(
    repeated item: Node, taking inputs: [Reference]?, in scope: LayerScope, last: String?,
    _ diagnostics: inout Diagnostics
  ) {
    let common = LayerFields()
    guard
      let spec = Repeat.decode(item.removing("type"), with: common, &diagnostics)
    else {
      isComplete = false
      return
    }
    let name = last ?? common.name.map { scope.finalName(of: $0) }
    let reported = diagnostics.errorReportCount
    for number in 1...spec.times {
      let inner = LayerScope(
        in: scope, input: number == 1 ? inputs ?? [incoming(at: item)] : [incoming(at: item)],
        firstInputs: number == 1 ? inputs : nil, nameOfLast: number == spec.times ? name : nil,
        isFrozen: scope.isFrozen || !common.trainable, rename: { "\($0)_\(number)" })
      let note = Diagnostic.Note("in repetition \(number) of \(spec.times)", at: item.location)
      add(spec.layers.items.map { $0.with(trail: [note]) }, in: inner, &diagnostics)
      if isExhausted { return }
      if diagnostics.errorReportCount > reported {
        // Further repetitions would only take the time to find the same mistakes.
        isComplete = false
        return
      }
    }
  }

  /// Adds the layers of the block that `item` uses.
  mutating func add(
    block item: Node, taking inputs: [Reference]?, in scope: LayerScope, last: String?,
    _ diagnostics: inout Diagnostics
  ) {
    let common = LayerFields()
    let own = Node(
      .map(item.entries.filter { BlockDefinition.ownKeys.contains($0.key.text ?? "") }),
      at: item.location)
    let spec = Block.decode(own.removing("type"), with: common, &diagnostics)
    guard let spec, let use = item["use"], let definition = definition(use, &diagnostics),
      let values = values(of: definition, for: item, &diagnostics)
    else {
      isComplete = false
      return
    }
    if let start = open.firstIndex(where: { $0.name == spec.use }) {
      let chain = open[start...].map(\.name) + [spec.use]
      isComplete = false
      return diagnostics.error(
        .cycle, chain.map { "'\($0)'" }.joined(separator: " → ") + ": a block cannot use itself",
        at: use.location)
    }
    let label = common.name ?? freeName(for: spec.use, in: scope)
    let name = last ?? scope.finalName(of: label)
    names.insert(name)
    let trail =
      [Diagnostic.Note("'\(spec.use)' is used here", at: item.location)] + item.location.trail
    let body = interpolation.resolve(
      Node(.list(definition.layers.items), at: item.location),
      in: Interpolation.Scope(values: values, trail: trail), &diagnostics)
    open.append((spec.use, item.location))
    add(
      body.items,
      in: LayerScope(
        in: scope, input: inputs ?? [incoming(at: item)], firstInputs: inputs, nameOfLast: name,
        isFrozen: scope.isFrozen || !common.trainable, rename: { "\(label)_\($0)" }),
      &diagnostics)
    open.removeLast()
  }

  /// A name for a use that has none: that of the block, with a number where it is not the first.
  private mutating func freeName(for block: String, in scope: LayerScope) -> String {
    let first = scope.finalName(of: block)
    while true {
      let count = counts[first, default: 0]
      counts[first] = count + 1
      let label = count == 0 ? block : "\(block)_\(count)"
      if !names.contains(scope.finalName(of: label)) { return label }
    }
  }

  /// The block's parameters with the values that the use `item` gives, or else their own; nil if one is missing or
  /// unknown, which is then reported.
  private mutating func values(
    of definition: BlockDefinition, for item: Node, _ diagnostics: inout Diagnostics
  ) -> [String: Node]? {
    let block = item["use"]?.text ?? ""
    let names = definition.parameters.entries.compactMap(\.key.text)
    let given = item.entries.filter { !BlockDefinition.ownKeys.contains($0.key.text ?? "") }
    var isComplete = true
    for entry in given where !names.contains(entry.key.text ?? "") {
      isComplete = false
      let near = Suggestions.nearest(to: entry.key.text ?? "", among: names)
      diagnostics.error(
        .unknownKey, "the block '\(block)' has no '\(entry.key.text ?? "")'",
        at: entry.key.location,
        hint: (near.map { "did you mean '\($0)'? " } ?? "")
          + (names.isEmpty ? "it has no parameters" : "it has \(names.joined(separator: ", "))"))
    }
    var values: [String: Node] = [:]
    for parameter in definition.parameters.entries {
      let name = parameter.key.text ?? ""
      let isRequired = parameter.value.isNull
      let given = item[name]
      guard
        let value = given
          ?? (isRequired ? nil : interpolation.resolve(parameter.value, &diagnostics))
      else {
        // A misspelt key stands for one that is then not missing as well.
        if isComplete {
          diagnostics.error(
            .missingKey, "the block '\(block)' needs '\(name)'", at: item.location,
            notes: [.init("it is declared here", at: parameter.key.location)])
        }
        isComplete = false
        continue
      }
      values[name] = value
    }
    return isComplete ? values : nil
  }
}
