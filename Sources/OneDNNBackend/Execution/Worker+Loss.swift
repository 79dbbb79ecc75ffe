import Glibc
import Tensors

extension Worker {
  /// The final softmax and the loss of a lane's samples and, with a `gradient` to fill, the gradient of the batch's
  /// mean loss by what goes into the softmax.
  ///
  /// From the loss's slopes s by log p, that gradient is s - p · Σ s.
  func loss(
    _ lane: Lane, into results: PredictionMemory,
    gradient: UnsafeMutablePointer<Float>?
  ) {
    let batch = lane.propagation.batch
    let firstPosition = lane.number * graph.laneSize
    let classCount = graph.classCount
    let logits = floats(graph.logits, lane)
    let scale = 1 / Double(batch.samples.count)
    // Lanes are filled up with empty images, whose gradient is zero.
    gradient?.update(repeating: 0, count: graph.laneSize * classCount)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * classCount) { memory in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: classCount) { targets in
        guard let first = targets.baseAddress else { return }
        let logarithms = UnsafeMutableBufferPointer(rebasing: memory[..<classCount])
        let slopes = UnsafeMutableBufferPointer(rebasing: memory[classCount...])
        for (row, sample) in lane.samples.enumerated() {
          let probabilities = results.probabilities + (firstPosition + row) * classCount
          softmax(logits + row * classCount, logarithms, probabilities)
          batch.source.writeTargets(of: sample, epoch: batch.epoch, to: first)
          results.losses[firstPosition + row] = Float(
            graph.loss(
              UnsafeBufferPointer(logarithms), targets: UnsafeBufferPointer(targets),
              slopes: slopes))
          guard let gradient else { continue }
          let sum = slopes.reduce(0, +)
          for index in 0..<classCount {
            gradient[row * classCount + index] = Float(
              scale * (slopes[index] - exp(logarithms[index]) * sum))
          }
        }
      }
    }
  }

  /// log p = z - max - log Σ exp(z - max), and p.
  private func softmax(
    _ logits: UnsafePointer<Float>, _ logarithms: UnsafeMutableBufferPointer<Double>,
    _ probabilities: UnsafeMutablePointer<Float>
  ) {
    var largest = logits[0]
    for index in logarithms.indices where logits[index] > largest { largest = logits[index] }
    var sum = 0.0
    for index in logarithms.indices {
      logarithms[index] = Double(logits[index] - largest)
      sum += exp(logarithms[index])
    }
    let logarithmOfSum = log(sum)
    for index in logarithms.indices {
      logarithms[index] -= logarithmOfSum
      probabilities[index] = Float(exp(logarithms[index]))
    }
  }
}
