import Datasets
import Learning
import Metrics
import Tensors

/// A network's predictions and scores on each part of the data that is scored.
struct PartEvaluations {
  /// On the images to choose by; nil if there are none.
  let validation: Evaluation?
  /// On the images for the final score; nil if there are none.
  let test: Evaluation?
  /// The one whose predictions a run records: test's, or validation's where there is no test part.
  let final: Evaluation
  /// The temperature that makes validation's probabilities as sure as they are right; nil if there are none.
  let temperature: Double?

  /// Runs `program` on `data`.
  init(_ program: any Program, _ data: PreparedData) throws {
    validation = try data.validation.map { try Evaluation(program, $0) }
    test = try data.test.map { try Evaluation(program, $0) }
    guard let final = test ?? validation else { preconditionFailure("a split has one of them") }
    self.final = final
    temperature =
      validation.flatMap { evaluation in
        data.validation.flatMap { samples in
          TemperatureScaling(
            fitting: evaluation.predictions.probabilities,
            labels: (0..<samples.count).map(samples.label), classCount: samples.classCount)
        }
      }?.temperature
  }
}
