import Datasets
import Learning
import Tensors

/// A network's predictions and scores on each part of the data that is scored.
struct PartEvaluations {
  /// On the images to choose by; nil if there are none.
  let validation: Evaluation?
  /// On the images for the final score; nil if there are none.
  let test: Evaluation?
  /// The one whose predictions a run records: test's, or validation's where there is no test part.
  let final: Evaluation

  /// Runs `program` on `data`.
  init(_ program: any Program, _ data: PreparedData) throws {
    validation = try data.validation.map { try Evaluation(program, $0) }
    test = try data.test.map { try Evaluation(program, $0) }
    guard let final = test ?? validation else { preconditionFailure("a split has one of them") }
    self.final = final
  }
}
