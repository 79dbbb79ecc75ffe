import Datasets
import Diagnostics
import Documents
import Learning
import Records
import Specs
import Tensors

/// Reads specs and checks them.
package struct PlanReader: Sendable {
  private let locations: DataLocations
  let overrides: Overrides
  private let readsWeights: Bool
  private let support: @Sendable (Precision) -> Precision.Support
  private let summarize: @Sendable (any DatasetSpec) throws -> DatasetSummary

  /// A reader.
  ///
  /// - Parameters:
  ///   - locations: where to look for data.
  ///   - overrides: values that count more than those of the files.
  ///   - readsWeights: whether the file of `model.weights` is read; what a run has learned replaces it.
  ///   - support: how well this machine computes in a precision.
  package init(
    _ locations: DataLocations, overrides: Overrides = .none, readsWeights: Bool = true,
    support: @escaping @Sendable (Precision) -> Precision.Support = { _ in .full }
  ) {
    self.init(locations, overrides: overrides, readsWeights: readsWeights, support: support) {
      try $0.summarize(in: locations)
    }
  }

  /// A reader that gets the facts about datasets from `summarize`, so that it needs none of their files.
  package init(
    _ locations: DataLocations, overrides: Overrides = .none, readsWeights: Bool = true,
    support: @escaping @Sendable (Precision) -> Precision.Support = { _ in .full },
    summarize: @escaping @Sendable (any DatasetSpec) throws -> DatasetSummary
  ) {
    self.locations = locations
    self.overrides = overrides
    self.readsWeights = readsWeights
    self.support = support
    self.summarize = summarize
  }

  /// The plans of the spec at `path`, which `mayBePipe`: one, or as many as its sweep has different combinations.
  ///
  /// All mistakes are found at once and added to `diagnostics`; there are no plans if there are errors.
  ///
  /// Throws `DatasetError` if the data's shape is unknown because files are missing or damaged.
  package func read(
    _ path: String, mayBePipe: Bool = false, _ diagnostics: inout Diagnostics
  ) throws -> [ExperimentPlan] {
    guard let file = SpecFile.read(path, mayBePipe: mayBePipe, &diagnostics) else { return [] }
    return try plans(of: file, &diagnostics)
  }

  /// The plans of a spec whose text is read already.
  package func read(
    _ source: SourceFile, _ diagnostics: inout Diagnostics
  ) throws -> [ExperimentPlan] {
    guard let file = SpecFile.read(source, &diagnostics) else { return [] }
    return try plans(of: file, &diagnostics)
  }

  /// The plans of a spec whose files are read already, as `read` finds them.
  package func plans(
    of written: SpecFile, _ diagnostics: inout Diagnostics
  ) throws -> [ExperimentPlan] {
    let file = written.setting(overrides, Self.resolver, &diagnostics)
    guard let sweep = file.tree["sweep"], !sweep.isNull else {
      let plan = try plan(file.tree, of: file, in: nil, PlanCache(), &diagnostics)
      return diagnostics.hasErrors ? [] : [plan].compactMap(\.self)
    }
    guard let spec = SweepSpec.decode(sweep, &diagnostics) else {
      // The rest is still checked for mistakes.
      _ = try plan(file.tree.removing("sweep"), of: file, in: nil, PlanCache(), &diagnostics)
      return []
    }
    let base = file.tree.removing("sweep")
    let targets = spec.targets(in: base, Self.resolver, &diagnostics)
    guard !targets.isEmpty else {
      _ = try plan(base, of: file, in: nil, PlanCache(), &diagnostics)
      return []
    }
    let prepared = targets.reduce(base) { Self.resolver.prepared($0, for: $1.path) }
    validate(spec, targets, in: base, &diagnostics)
    let names = Self.resolver.addresses(in: base)
    return try plans(of: spec.cells(targets, names), in: prepared, of: file, &diagnostics)
  }

  /// Reports what a sweep cannot vary, and values that would be lost: of parameters that are a part of others, and of
  /// the command line.
  private func validate(
    _ sweep: SweepSpec, _ targets: [AddressResolver.Target], in tree: Node,
    _ diagnostics: inout Diagnostics
  ) {
    let parameters = zip(sweep.parameters.entries, targets).map {
      (entry: $0, path: $1.address)
    }
    for (index, (entry, path)) in parameters.enumerated() {
      if Self.notVaried.contains(String(path.prefix { $0 != "." })) {
        diagnostics.error(
          .badPath, "'\(entry.name)' cannot be varied: it makes no other experiment",
          at: entry.key.location,
          hint: "each experiment of a sweep runs with all 'seeds' of the spec")
      }
      if let other = parameters[..<index].first(where: { overlap($0.path, path) }) {
        diagnostics.error(
          .sweptOverride, "'\(entry.name)' and '\(other.entry.name)' set the same value",
          at: entry.key.location, notes: [.init("the other is here", at: other.entry.key.location)],
          hint: "vary only one of them")
      }
    }
    for setting in overrides.settings {
      var reported = Diagnostics()
      guard let path = Self.resolver.target(of: setting.path, in: tree, &reported)?.address
      else { continue }
      guard let swept = parameters.first(where: { overlap($0.path, path) }) else { continue }
      let name = swept.entry.name
      diagnostics.error(
        .sweptOverride, "the sweep varies '\(name)', so that it cannot be set",
        at: setting.value.location,
        notes: [.init("it is varied here", at: swept.entry.key.location)],
        hint: "'sweep.parameters.\(name)=[…]' sets what is tried, 'sweep=null' leaves the sweep out"
      )
    }
  }

  /// True if one of two places is in the other.
  private func overlap(_ a: String, _ b: String) -> Bool {
    a == b || a.hasPrefix(b + ".") || b.hasPrefix(a + ".")
  }

  /// Finds values by name. Those in a sweep's parameters are names of others; a run's seed is one of its `seeds`.
  package static let resolver = AddressResolver(
    ExperimentSpec.self, excluding: ["sweep"], reserved: PlainValue.reservedNames
  ) { tree in
    var unreported = Diagnostics()
    let (node, interpolation) = interpolated(tree, &unreported)
    return LayerExpansion.items(of: node, interpolation)
  }

  /// Sections that decide nothing about results, or are read before there are any experiments.
  private static let notVaried = Set(ExperimentSpec.sectionsOfRun + [SpecFile.extendsKey, "sweep"])

  /// The plans of all `cells`, each spec once.
  private func plans(
    of cells: [SweepCell], in base: Node, of file: SpecFile, _ diagnostics: inout Diagnostics
  ) throws -> [ExperimentPlan] {
    let cache = PlanCache()
    let found = cells.concurrentMap { cell -> (Result<ExperimentPlan?, any Error>, Diagnostics) in
      var own = Diagnostics()
      let tree = cache.tree(of: cell, in: base, &own)
      return (Result { try plan(tree, of: file, in: cell, cache, &own) }, own)
    }
    diagnostics.add(found.map(\.1), named: cells.map(\.description))
    let plans = try found.compactMap { try $0.0.get() }
    if diagnostics.hasErrors { return [] }
    return unique(plans, &diagnostics)
  }

  /// The plan of the spec that is composed in `tree`; nil if there are errors.
  private func plan(
    _ tree: Node, of file: SpecFile, in cell: SweepCell?, _ cache: PlanCache,
    _ diagnostics: inout Diagnostics
  ) throws -> ExperimentPlan? {
    let node = Self.composed(tree, &diagnostics)
    let (spec, isWhole) = ExperimentSpec.decodeFields(
      of: node, reusing: cache.sections, &diagnostics)
    let sections = SpecSections(spec: spec)
    sections.crossCheck(&diagnostics)
    if let precision = spec.$precision.value {
      precision.report(support(precision), at: spec.$precision.location, &diagnostics)
    }
    let stem = Self.stem(of: file.source.path)
    if spec.$name.value == .some(nil), !ExperimentName.isValid(stem) {
      diagnostics.error(
        .noName, "the file's name cannot be the experiment's name", at: node.location,
        hint: "add 'name: …' of letters, digits, '.', '_' and '-'")
    }
    var checked = CheckedPlan(sections: sections)
    defer { WarningRules.check(checked, &diagnostics) }
    // A data section with mistakes has no shape, so the layers cannot be checked either.
    guard let data = sections.data else { return nil }
    let (summary, layers) = try cache.network(of: sections, data, summarize, &diagnostics)
    let split = sections.split(of: summary, &diagnostics)
    sections.crossCheck(summary, split, &diagnostics)
    (checked.data, checked.split, checked.layers) = (summary, split, layers)
    let (weights, place) = (sections.model?.weights, sections.model?.$weights.location)
    let taken = weights.flatMap { file in
      layers.flatMap { file.layers(of: $0, at: place, &diagnostics) }
    }
    var initial: InitialWeights?
    if readsWeights, let weights, let taken, let layers {
      initial = InitialWeights(weights, taken, of: layers.graph, at: place, cache, &diagnostics)
    }
    guard isWhole, let split, let layers, !diagnostics.hasErrors else { return nil }
    let resolved = spec.resolved(
      stem: stem, weightsChecksum: initial?.checksum, taken: taken, summary, locations)
    return ExperimentPlan(
      source: file.source, cell: cell, spec: resolved, nominalHash: resolved.nominalHash,
      layers: layers,
      layersFromFile: taken, initialWeights: initial, data: summary, split: split,
      name: resolved.name ?? stem, locations: locations, tree: node, removed: file.removed)
  }

  /// `tree` with values in the place of `${…}`, and layers in that of blocks and repetitions.
  private static func composed(_ tree: Node, _ diagnostics: inout Diagnostics) -> Node {
    let (node, interpolation) = interpolated(tree, &diagnostics)
    return LayerExpansion.expanded(node, interpolation, &diagnostics)
  }

  /// `tree` with values in the place of `${…}`.
  static func interpolated(
    _ tree: Node, _ diagnostics: inout Diagnostics
  ) -> (node: Node, interpolation: Specs.Interpolation) {
    var interpolation = Interpolation(tree)
    guard case .map(let entries) = tree.kind else { return (tree, interpolation) }
    // These are read where they are used.
    let raw = ["variables", "blocks", "sweep"]
    let resolved = entries.map { entry in
      raw.contains(entry.key.text ?? "")
        ? entry
        : Node.Entry(key: entry.key, value: interpolation.resolve(entry.value, &diagnostics))
    }
    return (Node(.map(resolved), at: tree.location), interpolation)
  }

  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    for suffix in [".yaml", ".yml"] where name.hasSuffix(suffix) && name.count > suffix.count {
      return String(name.dropLast(suffix.count))
    }
    return name
  }
}
