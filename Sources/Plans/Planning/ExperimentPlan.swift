import Datasets
import Diagnostics
import Learning
import Records
import Specs
import Tensors

/// A checked experiment: its spec with every value in force, and the network it builds.
package struct ExperimentPlan: Sendable {
  /// The file it was read from.
  package let source: SourceFile
  /// The combination of a sweep's values; nil if the spec has no sweep.
  package let cell: SweepCell?
  /// The spec with every value in force.
  package private(set) var spec: ExperimentSpec
  /// The identity of the experiment as far as it is known without its data.
  let nominalHash: String
  package let layers: LayerGraph
  /// Names of the layers that start from the file of `model.weights`; nil if the spec names none.
  let layersFromFile: Set<String>?
  /// What was read of that file.
  package let initialWeights: InitialWeights?
  package let data: DatasetSummary
  package private(set) var split: SplitCounts
  /// The experiment's name.
  package let name: String
  /// The folders in which its data is looked for.
  package let locations: DataLocations
  /// The composed spec without defaults, whose nodes have the origin of each value.
  let tree: Node
  /// The inherited values that are taken away.
  let removed: [RemovedValue]

  /// The network, to be computed as the spec says.
  package var graph: Graph {
    var graph = layers.graph
    graph.precision = spec.precision
    graph.convolution = spec.model.convolution
    return graph
  }

  /// The origin of the parameters of `layer`; nil if it has none, or the spec names no file of weights.
  package func origin(of layer: LayerGraph.Layer) -> Manifest.WeightsOrigin? {
    guard let layersFromFile, layer.parameterCount > 0 else { return nil }
    return layersFromFile.contains(layer.name) ? .file : .new
  }

  /// The fold that its runs hold out; nil if there are no folds, or several are to run.
  package var fold: Int? { spec.data.fold }

  /// The plans of its folds, each for one of `chosen` or else of those that the spec runs; itself if it has no folds.
  ///
  /// - Precondition: it has folds of the numbers `chosen`.
  package func folds(_ chosen: [Int]? = nil) -> [ExperimentPlan] {
    guard let folds = spec.data.folds else { return [self] }
    let numbers = chosen ?? folds.chosen
    return numbers.map(plan(ofFold:))
  }

  private func plan(ofFold fold: Int) -> ExperimentPlan {
    var plan = self
    plan.spec.data = spec.data.only(fold)
    do throws(Diagnostic) {
      plan.split = try plan.spec.data.split(of: data)
    } catch {
      preconditionFailure("all folds were checked with the plan: \(error.message)")
    }
    return plan
  }

  /// True if both are the same experiment under the same name.
  package func isSame(as other: ExperimentPlan) -> Bool {
    (nominalHash, name) == (other.nominalHash, other.name)
  }
}
