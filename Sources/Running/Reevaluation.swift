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
  package let test: Scores?
  /// The scores on test images, or on validation images where there are no others.
  package let final: Scores
  package let classNames: [String]
  /// The largest difference between a recorded and a new probability; NaN if one is not a number.
  package let largestDifference: Float
  /// The disagreements with the record, a line each.
  package let disagreements: [String]

  /// Rebuilds the network of the run in `folder` and scores it.
  ///
  /// - Parameter dataDirectory: searched first for the data.
  /// - Throws: `Diagnostics` if its resolved spec is damaged, `DatasetError`, `StorageError`,
  ///   `DamagedFileError` if other files are.
  package init(
    _ folder: RunFolder, context: RunContext, backend: any Backend, dataDirectory: String?,
    report: @escaping @Sendable (String) -> Void = { _ in }
  ) throws {
    let folder = try folder.keptOpen()
    let manifest = try folder.manifest()
    let locations = DataLocations(dataDirectory: dataDirectory, report: report)
    let plan = try PlanReader(locations, readsWeights: false).plan(of: folder)
    let data = try plan.spec.data.prepare(from: plan.locations)
    let products = try RunProducts(of: folder, plan, manifest.data)
    guard let end = products.end else { preconditionFailure("it is complete") }
    let program = try backend.compile(
      plan.graph, laneSize: plan.spec.training.laneSizeInForce,
      mode: .inference)
    do {
      try program.load(end.weights.tensors)
    } catch let error as ParameterMismatch {
      throw DamagedFileError(path: folder.path(of: .weights), reason: error.description)
    }
    let parts = try PartEvaluations(program, data)
    let old = end.predictions
    let new = PredictionTable(parts.final.predictions, of: data.final, data.description.classNames)
    let tolerance = Tolerance(plan.spec.precision)
    let check = try RecordCheck(
      of: folder, manifest, products, Runner(plan, data: data, backend: backend), context)

    self.folder = folder
    recorded = end.results
    validation = parts.validation?.scores
    test = parts.test?.scores
    final = parts.final.scores
    classNames = data.description.classNames
    largestDifference = Self.largestDifference(old.probabilities, new.probabilities)
    disagreements =
      try Self.disagreements(ofEvaluationsIn: folder, classNames: manifest.data.classNames)
      + [manifest.change(of: plan)].compactMap(\.self) + manifest.changes(of: data.description)
      + check.differences.map { "\($0.file.rawValue): \($0.text)" }
      + ScoreName.Part.validation.disagreements(
        end.results.validation, parts.validation?.scores, tolerance: tolerance.ofScores)
      + ScoreName.Part.test.disagreements(
        end.results.test, parts.test?.scores, tolerance: tolerance.ofScores)
      + [
        parts.validation?.disagreement(
          .validation, end.results.validation, tolerance.ofProbabilities),
        parts.test?.disagreement(.test, end.results.test, tolerance.ofProbabilities),
      ].compactMap(\.self)
      + [Self.disagreement(end.results.temperature, parts.temperature, tolerance)]
      .compactMap(\.self)
      + Self.disagreements(
        old, new, largestDifference, tolerance: tolerance.ofProbabilities)
  }

  private static func largestDifference(_ old: [Float], _ new: [Float]) -> Float {
    guard old.count == new.count else { return .infinity }
    let differences = zip(old, new).map { abs($0 - $1) }
    // `max` would ignore NaN.
    return differences.first(where: \.isNaN) ?? differences.max() ?? 0
  }

  /// The evaluations on other data whose predictions are not those that they count.
  private static func disagreements(
    ofEvaluationsIn folder: RunFolder, classNames: [String]
  ) throws -> [String] {
    try folder.evaluationNames().compactMap { name in
      do {
        guard let evaluation = try folder.evaluation(name, classNames: classNames) else {
          return nil
        }
        _ = try folder.predictions(of: name, evaluation, classNames: classNames)
        return nil
      } catch let error as DamagedFileError {
        return "evaluations/\(name): \(error.reason)"
      }
    }
  }

  /// The disagreement of the fitted temperatures, in words.
  private static func disagreement(
    _ old: Double?, _ new: Double?, _ tolerance: Tolerance
  ) -> String? {
    guard let old, let new else {
      return old == nil && new == nil ? nil : "'temperature' is fitted where validation images are"
    }
    return abs(old - new) <= Double(tolerance.ofProbabilities) * 10 * new
      ? nil : "the temperature is \(new.fixed(6)), recorded as \(old.fixed(6))"
  }

  private static func disagreements(
    _ old: PredictionTable, _ new: PredictionTable, _ difference: Float, tolerance: Float
  ) -> [String] {
    guard old.labels == new.labels, old.classNames == new.classNames, old.files == new.files else {
      return ["predictions.csv is of other images"]
    }
    if difference <= tolerance { return [] }
    return ["probabilities differ from predictions.csv by up to \(difference)"]
  }
}

extension Evaluation {
  /// The disagreement between its confusion matrix and that of `recorded` scores, in words; nil if rounding explains
  /// it: images that change their class have two that are about equally probable.
  fileprivate func disagreement(
    _ part: ScoreName.Part, _ recorded: Scores?, _ tolerance: Float
  ) -> String? {
    guard let other = recorded?.confusionMatrix else { return nil }
    let matrix = scores.confusionMatrix
    guard other.classCount == matrix.classCount else {
      return "the \(part.rawValue) confusion matrix has \(other.classCount) classes"
    }
    let classes = 0..<matrix.classCount
    let moved = classes.reduce(0) { sum, actual in
      sum
        + classes.reduce(0) {
          $0 + abs(matrix[actual: actual, predicted: $1] - other[actual: actual, predicted: $1])
        }
    }
    return moved / 2 <= predictions.closeCalls(tolerance) && matrix.sampleCount == other.sampleCount
      ? nil : "the \(part.rawValue) confusion matrix is another"
  }
}

extension Predictions {
  /// The number of samples whose two most probable classes are closer than `tolerance` allows each to move.
  fileprivate func closeCalls(_ tolerance: Float) -> Int {
    stride(from: 0, to: probabilities.count, by: classCount).count { start in
      let row = probabilities[start..<start + classCount].sorted(by: >)
      return row.count > 1 && row[0] - row[1] <= 2 * tolerance
    }
  }
}
