import Datasets
import Diagnostics
import Learning
import Specs
import Synchronization
import Tensors

/// A cache that the combinations of a sweep share, so that each thing is made once: sections with the same values set
/// in them, what was read from them, and networks.
final class PlanCache: Sendable {
  /// The cache of sections that were read.
  let sections = SectionCache()
  private let swept = Mutex<[[Setting]: Node?]>([:])
  private let files = Mutex<[String: Weights]>([:])
  private let networks = Mutex<[[ObjectIdentifier]: Network]>([:])

  /// A value that is set in a section, identified by its node, which the sweep keeps alive.
  private struct Setting: Hashable {
    let path: String
    let value: ObjectIdentifier
  }

  /// A file of weights.
  typealias Weights = (checksum: String, contents: Result<WeightsContents, any Error>)

  private struct Network {
    /// Kept, for no others to take their place in memory.
    let nodes: [Node]
    let summary: DatasetSummary
    let layers: LayerGraph
  }

  /// The checksum and contents of the file of weights at `path`, which `read` reads the first time.
  func weights(at path: String, read: () throws -> Weights) rethrows -> Weights {
    try files.withLock { files in
      if let known = files[path] { return known }
      let weights = try read()
      files[path] = weights
      return weights
    }
  }

  /// `tree` with the values of `cell` set; paths that lead nowhere are reported.
  func tree(of cell: SweepCell, in tree: Node, _ diagnostics: inout Diagnostics) -> Node {
    let choices = Dictionary(grouping: cell.choices) { $0.path.section }
    return choices.sorted { $0.key < $1.key }.reduce(tree) { result, section in
      let key = section.value.map {
        Setting(path: $0.path.description, value: ObjectIdentifier($0.value))
      }
      let known = swept.withLock { $0[key] }
      let node = known ?? SweepCell.applied(section.value, to: tree, &diagnostics)[section.key]
      if known == nil, !diagnostics.hasErrors { swept.withLock { $0[key] = node } }
      return node.map { result.replacing(section.key, by: $0) } ?? result
    }
  }

  /// The network and its data that `sections` declare; nil if it cannot be built, which is then
  /// reported. Throws what `summarize` throws.
  func network(
    of sections: SpecSections, _ data: DataSpec,
    _ summarize: (any DatasetSpec) throws -> DatasetSummary, _ diagnostics: inout Diagnostics
  ) throws -> (DatasetSummary, LayerGraph?) {
    let spec = sections.spec
    let nodes = [spec.$data.node, spec.$model.node, spec.$loss.node].compactMap(\.self)
    let key = nodes.map { ObjectIdentifier($0) }
    if let known = networks.withLock({ $0[key] }) { return (known.summary, known.layers) }
    let summary = try summarize(data.dataset.value)
    let found = diagnostics.all.count
    let layers = sections.layers(for: summary, &diagnostics)
    if let layers, diagnostics.all.count == found {
      networks.withLock { $0[key] = Network(nodes: nodes, summary: summary, layers: layers) }
    }
    return (summary, layers)
  }
}
