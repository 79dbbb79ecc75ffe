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
  /// The threshold chosen on validation images, by which test's scores tell two classes apart; nil if the most probable
  /// one counts, as it does in validation's: there the threshold would be too good, having been chosen on them.
  let threshold: DecisionThreshold?

  /// Runs `program`, which ends in `output`, on `data`.
  init(_ program: any Program, _ data: PreparedData, _ output: NetworkOutput) throws {
    let chosen = try data.validation.map { try Evaluation(program, $0) }
    temperature =
      chosen.flatMap {
        TemperatureScaling(
          fitting: $0.predictions.probabilities, labels: $0.labels,
          classCount: $0.predictions.classCount)
      }?.temperature
    let threshold =
      output == .sigmoid ? chosen?.labelled.flatMap(DecisionThreshold.init(fitting:)) : nil
    self.threshold = threshold
    validation = chosen
    test = try data.test.map { try Evaluation(program, $0).decided(by: threshold) }
    guard let final = test ?? validation else { preconditionFailure("a split has one of them") }
    self.final = final
  }
}
