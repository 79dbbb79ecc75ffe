import Glibc
import Tensors

extension Worker {
  /// Softmax and categorical crossentropy in one: -log p = log Σ exp(z - max) - (z_label - max).
  func loss(
    _ batch: Batch, samples: ArraySlice<Int>, firstPosition: Int, into results: PredictionMemory
  ) {
    let classCount = graph.classCount
    for (row, sample) in samples.enumerated() {
      let logits = buffers[graph.logits].floats + row * classCount
      let probabilities = results.probabilities + (firstPosition + row) * classCount
      var largest = logits[0]
      for index in 1..<classCount where logits[index] > largest { largest = logits[index] }
      var sum: Float = 0
      for index in 0..<classCount {
        probabilities[index] = expf(logits[index] - largest)
        sum += probabilities[index]
      }
      for index in 0..<classCount { probabilities[index] /= sum }
      let label = batch.source.label(of: sample)
      results.losses[firstPosition + row] = logf(sum) - (logits[label] - largest)
    }
  }

  /// The gradient of the batch's mean loss by the logits: (p - 1 at the label) ÷ samples in the batch.
  func lossGradient(
    _ batch: Batch, samples: ArraySlice<Int>, firstPosition: Int, results: PredictionMemory,
    into gradient: UnsafeMutablePointer<Float>
  ) {
    let classCount = graph.classCount
    let scale = 1 / Float(batch.samples.count)
    gradient.update(repeating: 0, count: graph.laneSize * classCount)
    for (row, sample) in samples.enumerated() {
      let target = gradient + row * classCount
      let probabilities = results.probabilities + (firstPosition + row) * classCount
      for index in 0..<classCount { target[index] = probabilities[index] * scale }
      target[batch.source.label(of: sample)] -= scale
    }
  }
}
