import Datasets
import Files
import Learning
import Metrics
import Plans
import Records
import Tensors

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
  /// What is wrong with its evaluations on other data is a disagreement, and throws nothing.
  ///
  /// - Parameter dataDirectory: searched first for the data.
  /// - Throws: `Diagnostics` if its resolved spec is damaged, `DatasetError` if its data is missing or damaged,
  ///   `StorageError`, `DamagedFileError` or `OtherFormatError` if another of its files cannot be read, is damaged, or
  ///   of another version, and the backend's errors.
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
    let parameters = try folder.parameters(of: plan.graph, from: end.weights)
    let parts = try PartEvaluations(
      plan.program(backend, with: parameters), data, plan.spec.loss.value.output)
    let check = try RecordCheck(
      of: folder, manifest, products, Runner(plan, data: data, backend: backend), context)
    let predictions = PredictionTable(parts.final, of: data.final, data.description.classNames)
    let tolerance = Tolerance(plan.spec.precision)

    self.folder = folder
    recorded = end.results
    validation = parts.validation?.scores
    test = parts.test?.scores
    final = parts.final.scores
    classNames = data.description.classNames
    largestDifference = predictions.largestDifference(from: end.predictions)
    disagreements =
      folder.disagreementsOfEvaluations(classNames: manifest.data.classNames, current: true)
      + [manifest.change(of: plan)].compactMap(\.self) + manifest.changes(of: data.description)
      + check.differences.map { "\($0.file.rawValue): \($0.text)" }
      + parts.disagreements(with: end.results, tolerance)
      + [predictions.disagreement(with: end.predictions, tolerance)].compactMap(\.self)
  }
}
