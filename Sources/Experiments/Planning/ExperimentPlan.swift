import Datasets
import Learning
import Specs
import Tensors

/// A checked experiment: its spec with every value in force, and the network it builds.
public struct ExperimentPlan: Sendable {
  /// The file it was read from.
  public let source: SourceFile
  /// With every value in force.
  public let spec: ExperimentSpec
  public let layers: LayerGraph
  /// What training starts from, if the spec names a file of it.
  public let initialParameters: NamedTensors?
  public let data: DatasetSummary
  public let split: SplitCounts
  /// The experiment's name.
  public let name: String
  /// SHA-256 of what decides a run's result apart from its seed.
  public let specHash: String
  /// Where its data is looked for.
  public let locations: DataLocations

  /// Reads and checks the spec at `path`.
  ///
  /// Everything wrong is found in one pass and added to `diagnostics`; the plan is nil if there are errors.
  ///
  /// - Parameters:
  ///   - locations: where to look for data, given the folder of the spec's file.
  ///   - readsWeights: whether the file of `model.weights` is read; what a run has learned replaces it.
  /// - Throws: `DatasetError` if the data's shape cannot be told because files are missing or damaged.
  public static func read(
    _ path: String, locations: (_ specFolder: String) -> DataLocations,
    readsWeights: Bool = true, _ diagnostics: inout Diagnostics
  ) throws -> ExperimentPlan? {
    let source: SourceFile
    do throws(Diagnostics) {
      source = try YAML.read(path)
    } catch {
      for diagnostic in error.all { diagnostics.add(diagnostic) }
      return nil
    }
    guard let node = YAML.parse(source, &diagnostics) else { return nil }
    let spec = ExperimentSpec.decode(node, &diagnostics)
    let sections = SpecSections(node)
    sections.crossCheck(&diagnostics)
    let stem = stem(of: path)
    if spec?.name == nil, node["name"] == nil, !ExperimentSpec.isName(stem) {
      diagnostics.error(
        .noName, "the file's name cannot be the experiment's name", at: node.location,
        hint: "add 'name: …' of letters, digits, '.', '_' and '-'")
    }
    let places = locations(folder(of: path))
    // A data section with mistakes has no shape, so the layers cannot be checked either.
    guard let data = sections.data else { return nil }
    let summary = try data.dataset.value.summarize(in: places)
    let split = sections.split(of: summary, &diagnostics)
    sections.crossCheck(summary, split, &diagnostics)
    let layers = sections.layers(for: summary, &diagnostics)
    let weights = readsWeights ? sections.weights : nil
    let initial = weights.flatMap { file in
      layers.flatMap {
        InitialWeights(
          file, in: places, for: $0.graph, at: node["model"]?["weights"]?.location, &diagnostics)
      }
    }
    guard let spec, let split, let layers, !diagnostics.hasErrors else { return nil }
    let resolved = spec.resolved(stem: stem, in: places, weightsChecksum: initial?.checksum)
    return ExperimentPlan(
      source: source, spec: resolved, layers: layers, initialParameters: initial?.parameters,
      data: summary,
      split: split,
      name: resolved.name ?? stem, specHash: resolved.hash, locations: places)
  }

  /// The resolved spec of the run from `seed`, as YAML.
  package func resolvedText(seed: Int) -> String {
    var spec = spec
    spec.seeds = [seed]
    return YAML.emit(
      spec.tree, comment: "Every value in force. 'exp run' with this file repeats the run.")
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    for suffix in [".yaml", ".yml"] where name.hasSuffix(suffix) && name.count > suffix.count {
      return String(name.dropLast(suffix.count))
    }
    return name
  }
}
