import Datasets
import Files
import Learning
import Metrics
import Plans
import Records
import Tensors

/// The differences allowed between CPU models and library versions: the last digits only. In bfloat16 the last digit is
/// 2⁻⁸ of a number.
private struct Tolerance {
  let ofScores: Double
  let ofProbabilities: Float

  init(_ precision: Precision) {
    switch precision {
    case .float32:
      ofScores = 1e-5
      ofProbabilities = 1e-4
    case .bfloat16:
      ofScores = 5e-3
      ofProbabilities = 5e-2
    }
  }
}

/// A completed run scored anew from its folder, with its recorded results.
package struct Reevaluation: Sendable {
  package let folder: RunFolder
  package let recorded: Results
  package let validation: Scores?
  package let test: Scores
  package let classNames: [String]
  /// The largest difference between a recorded and a new test probability; NaN if one is not a number.
  package let largestDifference: Float
  /// The disagreements with the record, a line each.
  package let disagreements: [String]

  /// Rebuilds the network of the run in `folder` and scores it.
  ///
  /// - Parameter dataDirectory: searched first for the data.
  /// - Throws: `Diagnostics` if its resolved spec is damaged, `DatasetError`, `StorageError`,
  ///   `DamagedFileError` if other files are.
  package init(
    _ folder: RunFolder, backend: any Backend, dataDirectory: String?,
    report: @escaping @Sendable (String) -> Void = { _ in }
  ) throws {
    self.folder = folder
    let manifest = try folder.manifest()
    recorded = try folder.results()
    let locations = DataLocations(dataDirectory: dataDirectory, report: report)
    let plan = try PlanReader(locations, readsWeights: false).plan(of: folder)
    let data = try plan.spec.data.prepare(from: plan.locations)
    let program = try backend.compile(
      plan.graph, laneSize: plan.spec.training.laneSizeInForce,
      mode: .inference)
    let weights = try folder.weights(of: plan.graph)
    do {
      try program.load(weights.tensors)
    } catch let error as ParameterMismatch {
      throw DamagedFileError(path: folder.path(of: .weights), reason: error.description)
    }
    let scored = try data.validation.map { try Evaluation(program, $0).scores }
    let tested = try Evaluation(program, data.test)
    validation = scored
    test = tested.scores
    classNames = data.description.classNames

    let old = try folder.predictions()
    let new = PredictionTable(tested.predictions, of: data.test)
    largestDifference = Self.largestDifference(old.probabilities, new.probabilities)
    let tolerance = Tolerance(plan.spec.precision)
    disagreements =
      [manifest.change(of: plan)].compactMap(\.self) + manifest.changes(of: data.description)
      + ScoreName.Part.validation.disagreements(
        recorded.validation, scored, tolerance: tolerance.ofScores)
      + ScoreName.Part.test.disagreements(
        recorded.test, tested.scores, tolerance: tolerance.ofScores)
      + Self.disagreements(
        old, new, largestDifference, tolerance: tolerance.ofProbabilities)
  }

  private static func largestDifference(_ old: [Float], _ new: [Float]) -> Float {
    guard old.count == new.count else { return .infinity }
    let differences = zip(old, new).map { abs($0 - $1) }
    // `max` would ignore NaN.
    return differences.first(where: \.isNaN) ?? differences.max() ?? 0
  }

  private static func disagreements(
    _ old: PredictionTable, _ new: PredictionTable, _ difference: Float, tolerance: Float
  ) -> [String] {
    guard old.labels == new.labels else { return ["predictions.csv is of other test images"] }
    if difference <= tolerance { return [] }
    return ["test probabilities differ from predictions.csv by up to \(difference)"]
  }
}
