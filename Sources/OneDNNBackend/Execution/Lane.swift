import Tensors

/// The propagation of a batch through the network, lane by lane.
struct Propagation: Sendable {
  /// The use of the moving statistics of batch normalizations.
  enum Statistics: Sendable {
    case stay
    /// They follow the batch as far as each one's momentum lets them.
    case follow
    /// They go this share of the way to the batch's.
    case move(share: Float)
  }

  let batch: Batch
  let laneSize: Int
  let isTraining: Bool
  let statistics: Statistics
  /// The lanes' memory, where each has its own.
  let arenas: [Arena]
  /// The rows in which lanes leave what gradients are computed from over the whole batch, by parameter.
  let rows: [Int: BatchRows]

  var laneCount: Int { (batch.samples.count + laneSize - 1) / laneSize }

  func samples(ofLane number: Int) -> ArraySlice<Int> {
    let first = batch.samples.startIndex + number * laneSize
    return batch.samples[first..<min(first + laneSize, batch.samples.endIndex)]
  }
}

/// A part of a batch that one worker takes at a time.
struct Lane: Sendable {
  let number: Int
  let samples: ArraySlice<Int>
  let propagation: Propagation

  init(_ number: Int, of propagation: Propagation) {
    self.number = number
    self.propagation = propagation
    samples = propagation.samples(ofLane: number)
  }

  /// Images of the whole batch.
  var batchCount: Int { propagation.batch.samples.count }

  /// The contents of buffer `number` in every lane of the batch, with its number of images.
  func everywhere(_ number: Int) -> [(floats: UnsafeMutablePointer<Float>, imageCount: Int)] {
    (0..<propagation.laneCount).map {
      guard let memory = propagation.arenas[$0][number] else {
        preconditionFailure("what lanes gather lies in their own memory")
      }
      return (memory.floats, propagation.samples(ofLane: $0).count)
    }
  }

  /// The random numbers for one sample at node `node`.
  func stream(_ purpose: RandomPurpose, node: Int, sample: Int) -> RandomStream {
    RandomStream(
      seed: propagation.batch.seed, purpose: purpose, layer: node, epoch: propagation.batch.epoch,
      sample: sample)
  }
}
