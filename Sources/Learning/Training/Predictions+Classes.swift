import Metrics
import Tensors

extension Predictions {
  /// The class that each sample is taken for: the most probable one, or, with a `threshold`, the second of two from there
  /// on.
  package func classes(by threshold: DecisionThreshold?) -> [Int] {
    let samples = 0..<probabilities.count / classCount
    guard let threshold else { return samples.map(predictedClass) }
    precondition(classCount == 2, "a threshold is for two classes")
    return samples.map { threshold.predictedClass(probabilities[$0 * classCount + 1]) }
  }
}
