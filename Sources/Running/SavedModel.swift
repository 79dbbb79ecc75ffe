import Datasets
import Diagnostics
import Files
import Learning
import Metrics
import Plans
import Records
import Tensors

/// The network that a run trained, rebuilt from the run's folder alone: its data need not be here.
package struct SavedModel: Sendable {
  package let folder: RunFolder
  package let manifest: Manifest
  package let plan: ExperimentPlan
  /// The weights that were taken, told by their contents.
  let weights: ScoredWeights
  /// Their numbers, in the order of the graph.
  package let parameters: NamedTensors
  /// The map from bytes to the numbers that the network reads.
  package let scaling: PixelScaling
  /// The scaling that the run fitted on its validation images, for the weights of its results; nil if there is none.
  package let calibration: TemperatureScaling?
  /// The threshold that the run chose on its validation images, likewise.
  let threshold: DecisionThreshold?
  /// The name of the folder in which another process went on with the run, beside this one; nil if none did.
  let successor: String?

  /// The weights of a run that are taken.
  package enum WeightsChoice: String, CaseIterable, Sendable {
    /// Those that its results come from.
    case best
    /// Those after its last epoch, which 'model_checkpoint' saves with 'save_last'.
    case last

    fileprivate var file: RunFile { self == .best ? .weights : .lastWeights }
  }

  /// Size of the images that the network takes.
  package var imageShape: ImageShape { plan.graph.inputShape }
  /// The name of each class.
  package var classNames: [String] { manifest.data.classNames }

  /// Reads the network of the run in `folder`, with the weights that are wanted.
  ///
  /// - Throws: `NoWeightsError`, `Diagnostics` if its resolved spec is damaged, `StorageError`, `DamagedFileError` if
  ///   other files are or do not fit it.
  package init(_ folder: RunFolder, _ weights: WeightsChoice = .best) throws {
    let folder = try folder.keptOpen()
    let manifest = try folder.manifest()
    let summary = try DatasetSummary(manifest.data, in: folder)
    let plan = try PlanReader(DataLocations(), readsWeights: false) { _ in summary }
      .plan(of: folder)
    let results = manifest.status == .completed ? try folder.results() : nil
    guard let file = folder.file(of: weights, results) else {
      throw NoWeightsError(
        run: folder.path, weights,
        isLost: weights == .last ? plan.savesLastWeights : manifest.status == .completed,
        hasDiverged: manifest.status == .diverged)
    }
    self.folder = folder
    self.manifest = manifest
    self.plan = plan
    successor = manifest.status == .running ? folder.successor : nil
    let read = try folder.weights(of: plan.graph, in: file)
    self.weights = ScoredWeights(file: file, sha256: SHA256.hexDigest(of: read.bytes))
    parameters = try folder.parameters(of: plan.graph, from: read, in: file)
    if file == .weights, let results, results.weightsSHA256 != self.weights.sha256 {
      throw DamagedFileError(
        path: folder.path(of: file),
        reason: "it is not what the results were measured with: its SHA-256 is another")
    }
    calibration = file == .weights ? results?.temperature.map(TemperatureScaling.init) : nil
    threshold = file == .weights ? results?.threshold : nil
    guard threshold == nil || plan.graph.classCount == 2 else {
      throw DamagedFileError(
        path: folder.path(of: .results), reason: "it has a threshold, but there are not two classes"
      )
    }
    scaling = try PixelScaling(manifest.data, in: folder)
  }

  /// A sentence about a run that has not come to its end, whose weights are those so far; nil for others.
  package var note: String? {
    if let successor {
      return "\(folder.path) was continued in '\(successor)': these are its weights until then"
    }
    return manifest.status == .completed
      ? nil : "\(folder.path) has not completed: these are its weights so far"
  }

  /// The scaling that the run fitted. Throws if there is none for these weights.
  package func requireCalibration() throws(NoTemperatureError) -> TemperatureScaling {
    guard let calibration else { throw NoTemperatureError(run: folder.path) }
    return calibration
  }

  /// The threshold of its probabilities, or of those that `calibration` makes of them; nil if the most probable class
  /// counts.
  package func threshold(by calibration: TemperatureScaling?) -> DecisionThreshold? {
    guard let threshold, let calibration else { return threshold }
    return threshold.scaled(by: calibration)
  }

  /// The network as a program of `backend` that computes probabilities: those of the run to the bit, unless it is known
  /// to get no more than `count` images at a time. Less than a lane of them takes less time then, and the last digits
  /// may differ.
  package func program(_ backend: any Backend, for count: Int? = nil) throws -> any Program {
    // A lane is computed as a whole, however few images are in it.
    let laneSize = count.map { min(plan.spec.training.laneSizeInForce, max(1, $0)) }
    return try plan.program(backend, with: parameters, laneSize: laneSize)
  }
}

extension RunFolder {
  /// The file with these `weights` of the run, whose `results` it has if it is completed; nil if there is none.
  func file(of weights: SavedModel.WeightsChoice, _ results: Results?) -> RunFile? {
    // Without early stopping or 'save_best_only', the best weights of a completed run are its last.
    let areBest = weights == .last && results.map { $0.weightsEpoch == $0.epochs } == true
    let file = areBest ? RunFile.weights : weights.file
    // A link is not followed, which reading it says.
    return kind(of: file) == nil ? nil : file
  }
}

/// A run has saved no weights, or not those that are wanted.
package struct NoWeightsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The run's folder.
  package let run: String
  /// The weights that are wanted.
  package let weights: SavedModel.WeightsChoice
  /// Whether they should be there, as its spec says.
  let isLost: Bool
  /// Whether it diverged.
  let hasDiverged: Bool

  init(
    run: String, _ weights: SavedModel.WeightsChoice, isLost: Bool = false,
    hasDiverged: Bool = false
  ) {
    self.run = run
    self.weights = weights
    self.isLost = isLost
    self.hasDiverged = hasDiverged
  }

  package var description: String {
    switch weights {
    case .best where isLost:
      "'\(run)' has no \(RunFile.weights.rawValue), though it is completed: somebody has taken it away"
    case .best where hasDiverged: "'\(run)' has no weights: it diverged before any were saved"
    case .best:
      "'\(run)' has no weights: they are saved when training ends, or by 'model_checkpoint' before"
    case .last where isLost:
      "'\(run)' has no \(RunFile.lastWeights.rawValue): 'model_checkpoint' saves it after each epoch, but none has ended, or somebody has taken it away"
    case .last:
      "'\(run)' has not saved its last weights: 'save_last: true' of 'model_checkpoint' does it"
    }
  }
}

extension NoWeightsError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}

/// A run has fitted no temperature to the weights that are taken.
package struct NoTemperatureError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The run's folder.
  package let run: String

  package var description: String {
    "'\(run)' has no temperature for these weights: it is fitted on validation images, for the weights of the "
      + "results\nhint: leave '--calibrated' out"
  }
}

extension NoTemperatureError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}
