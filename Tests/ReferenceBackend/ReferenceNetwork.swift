import Glibc
import Tensors

/// A graph interpreted with plain loops in Double, over a whole batch: the oracle for the real backend.
///
/// It is written to be read beside the definitions, not to be fast.
package struct ReferenceNetwork {
  package let graph: Graph

  package init(_ graph: Graph) { self.graph = graph }

  /// Parameters by full name, row-major.
  package typealias Parameters = [String: [Double]]

  /// Numbers of each image of a batch.
  typealias Images = [[Double]]

  /// What a batch's pass leaves behind.
  package struct Pass {
    let batch: Batch
    /// Whether dropout, noise and the batch's own statistics are used.
    let learns: Bool
    /// Each node's results.
    var values: [Images] = []
    /// Each dropout's factors, by node.
    var factors: [Int: Images] = [:]

    /// The class probabilities of each image.
    package var probabilities: [[Double]] { values[values.count - 1] }

    /// Results of one node for each image.
    package func values(of node: Int) -> [[Double]] { values[node] }
  }

  /// The loss of each image, and its derivative by each log p.
  package func losses(_ pass: Pass) -> [(value: Double, slopes: [Double])] {
    zip(pass.batch.samples, pass.probabilities).map { sample, probabilities in
      var targets = [Float](repeating: 0, count: graph.classCount)
      pass.batch.source.writeTargets(of: sample, epoch: pass.batch.epoch, to: &targets)
      var slopes = [Double](repeating: 0, count: targets.count)
      let logarithms = probabilities.map { log($0) }
      let value = logarithms.withUnsafeBufferPointer { logarithms in
        targets.withUnsafeBufferPointer { targets in
          slopes.withUnsafeMutableBufferPointer {
            graph.loss(logarithms, targets: targets, slopes: $0)
          }
        }
      }
      return (value, slopes)
    }
  }

  /// What the regularizers of learned parameters add to the mean of the losses.
  package func penalty(_ parameters: Parameters) -> Double {
    graph.parameters.reduce(0) { sum, entry in
      guard entry.parameter.isLearned, let regularizer = entry.parameter.regularizer else {
        return sum
      }
      return (parameters[entry.name] ?? []).reduce(sum) { sum, value in
        sum + Double(regularizer.l1) * abs(value) + Double(regularizer.l2) * value * value
      }
    }
  }

  /// What a training step on `batch` makes smaller, for finite differences.
  package func objective(_ batch: Batch, _ parameters: Parameters) -> Double {
    let losses = losses(forward(batch, parameters, learns: true))
    return losses.reduce(0) { $0 + $1.value } / Double(losses.count) + penalty(parameters)
  }
}

extension ReferenceNetwork {
  /// The values of parameter `index` of a node; empty if it has not that many.
  func values(_ node: Graph.Node, _ index: Int, _ parameters: Parameters) -> [Double] {
    guard node.parameters.indices.contains(index) else { return [] }
    return parameters[node.fullName(of: node.parameters[index])] ?? []
  }

  /// Adds to the gradient of parameter `index` of a node, if it has that many.
  func add(
    _ terms: [Double], _ node: Graph.Node, _ index: Int, to gradients: inout Parameters
  ) {
    guard node.parameters.indices.contains(index) else { return }
    let name = node.fullName(of: node.parameters[index])
    gradients[name] = zip(gradients[name] ?? [], terms).map { $0 + $1 }
  }
}
