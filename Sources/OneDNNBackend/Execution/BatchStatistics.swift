internal import CKernels

/// Mean and population variance of each channel.
struct Moments {
  var mean: [Float]
  var variance: [Float]

  init(mean: [Float], variance: [Float]) {
    self.mean = mean
    self.variance = variance
  }

  /// Those of a whole batch, from the mean and the sum of squared differences of each lane.
  ///
  /// Source: Chan, Golub and LeVeque, 'Updating formulae and a pairwise algorithm for computing sample variances' (1979).
  init(
    of lanes: [(floats: UnsafeMutablePointer<Float>, imageCount: Int)], perImage pixels: Int64,
    channels: Int, length: Int
  ) {
    self.init(
      mean: [Float](repeating: 0, count: channels), variance: [Float](repeating: 0, count: channels)
    )
    for channel in 0..<channels {
      var (count, mean, squares) = (0.0, 0.0, 0.0)
      for lane in lanes {
        let other = Double(lane.imageCount) * Double(pixels)
        let distance = Double(lane.floats[channel]) - mean
        squares +=
          Double(lane.floats[length + channel])
          + distance * distance * count * other / (count + other)
        mean += distance * other / (count + other)
        count += other
      }
      self.mean[channel] = Float(mean)
      variance[channel] = Float(squares / count)
    }
  }
}

/// The moving mean and variance that a layer keeps.
struct MovingStatistics {
  let mean: UnsafeMutablePointer<Float>
  let variance: UnsafeMutablePointer<Float>
  let channels: Int

  var moments: Moments {
    Moments(
      mean: Array(UnsafeBufferPointer(start: mean, count: channels)),
      variance: Array(UnsafeBufferPointer(start: variance, count: channels)))
  }

  func follow(_ batch: Moments, _ statistics: Propagation.Statistics, _ momentum: Float) {
    let share: Float
    switch statistics {
    case .stay: return
    case .follow: share = 1 - momentum
    case .move(let given): share = given
    }
    func move(_ old: inout Float, to new: Float) {
      // All of it leaves nothing of the old, not even that it was no number.
      old = share == 1 ? new : old + (new - old) * share
    }
    for channel in 0..<channels {
      move(&mean[channel], to: batch.mean[channel])
      move(&variance[channel], to: batch.variance[channel])
    }
  }
}

/// The numbers that a lane's values are normalized with, and the gradients of these: six for each channel.
struct NormalizationFactors {
  let mean: UnsafeMutablePointer<Float>
  /// 1 ÷ √(variance + epsilon)
  let inverse: UnsafeMutablePointer<Float>
  /// gamma · inverse
  let factor: UnsafeMutablePointer<Float>
  /// beta
  let shift: UnsafeMutablePointer<Float>
  /// The mean gradient, and the share of a value's distance from the mean that is taken from its gradient.
  let offset: UnsafeMutablePointer<Float>
  let share: UnsafeMutablePointer<Float>

  private let length: Int

  init(_ floats: UnsafeMutablePointer<Float>, length: Int) {
    self.length = length
    mean = floats
    inverse = floats + length
    factor = floats + 2 * length
    shift = floats + 3 * length
    offset = floats + 4 * length
    share = floats + 5 * length
  }

  /// Channels that only fill up a block are zero, and so stay what is normalized with them. As long as the gradient's
  /// sums are not known, moments count as constants.
  func set(
    _ moments: Moments, _ epsilon: Float, gamma: UnsafePointer<Float>?,
    beta: UnsafePointer<Float>?, channels: Int
  ) {
    mean.update(repeating: 0, count: 6 * length)
    for channel in 0..<channels {
      mean[channel] = moments.mean[channel]
      inverse[channel] = 1 / (moments.variance[channel] + epsilon).squareRoot()
      factor[channel] = inverse[channel] * (gamma?[channel] ?? 1)
      shift[channel] = beta?[channel] ?? 0
    }
  }

  /// From each lane's sums of gradients and of their products, over `count` values of a channel.
  func setGradients(
    _ lanes: [(floats: UnsafeMutablePointer<Float>, imageCount: Int)], count: Float, channels: Int
  ) {
    func mean(_ index: Int) -> Float {
      Float(lanes.reduce(0.0) { $0 + Double($1.floats[index]) } / Double(count))
    }
    for channel in 0..<channels {
      offset[channel] = mean(channel)
      share[channel] = inverse[channel] * mean(length + channel)
    }
  }
}

/// A batch normalization that other kernels compute on the way, and where its factors are.
struct FusedNormalization: Sendable {
  /// The buffer of the factors.
  let factors: Int
  /// Numbers of each kind there.
  let length: Int
  /// The least result: zero if a ReLU follows.
  let least: Float
  /// The buffer of the sums that the gradient is made of, and their products behind them; nil if it is made of none.
  let sums: Int?

  var place: Place { .buffer(factors) }

  /// It as the kernels take it, with the factors in `floats`.
  func normalization(_ floats: UnsafeMutablePointer<Float>) -> exp_normalization {
    let factors = NormalizationFactors(floats, length: length)
    return exp_normalization(
      mean: factors.mean, factor: factors.factor, shift: factors.shift, offset: factors.offset,
      share: factors.share, least: least)
  }
}

extension FusedNormalization? {
  /// Calls `body` with what the kernels take, with the factors in `floats`; with nil if there is none.
  func withPointer(
    _ floats: UnsafeMutablePointer<Float>?, _ body: (UnsafePointer<exp_normalization>?) -> Void
  ) {
    guard let self, let floats else { return body(nil) }
    withUnsafePointer(to: self.normalization(floats)) { body($0) }
  }
}
