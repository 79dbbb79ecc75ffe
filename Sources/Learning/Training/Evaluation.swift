import Metrics
import Tensors

/// The predictions of a network for all samples of a source, and their scores.
package struct Evaluation: Sendable {
  package let predictions: Predictions
  package let scores: Scores

  /// Has `program` predict every sample of `source`.
  package init(_ program: any Program, _ source: any SampleSource) throws {
    let samples = Array(0..<source.count)
    predictions = try program.predict(Batch(source: source, samples: samples[...]))
    var matrix = ConfusionMatrix(classCount: source.classCount)
    for sample in samples {
      matrix.add(
        label: source.label(of: sample), prediction: predictions.predictedClass(at: sample))
    }
    let loss = predictions.lossSum / Double(max(1, source.count))
    scores = Scores(confusionMatrix: matrix, loss: loss)
  }
}
