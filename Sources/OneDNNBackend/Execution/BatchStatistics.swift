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
    length: Int
  ) {
    self.init(
      mean: [Float](repeating: 0, count: length), variance: [Float](repeating: 0, count: length))
    for channel in 0..<length {
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

  /// Filled up to `length`.
  func moments(length: Int) -> Moments {
    let rest = [Float](repeating: 0, count: length - channels)
    return Moments(
      mean: UnsafeBufferPointer(start: mean, count: channels) + rest,
      variance: UnsafeBufferPointer(start: variance, count: channels) + rest)
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

/// The factors that a lane's values are normalized with: four numbers for each channel.
struct AppliedNormalization {
  let mean: UnsafeMutablePointer<Float>
  /// 1 ÷ √(variance + epsilon)
  let inverse: UnsafeMutablePointer<Float>
  /// gamma · inverse
  let factor: UnsafeMutablePointer<Float>
  /// beta
  let shift: UnsafeMutablePointer<Float>

  private let length: Int

  init(_ floats: UnsafeMutablePointer<Float>, length: Int) {
    self.length = length
    mean = floats
    inverse = floats + length
    factor = floats + 2 * length
    shift = floats + 3 * length
  }

  /// Channels that only fill up a block are zero, and so stay what is normalized with them.
  func set(
    _ moments: Moments, _ epsilon: Float, gamma: UnsafePointer<Float>?,
    beta: UnsafePointer<Float>?, channels: Int
  ) {
    mean.update(repeating: 0, count: 4 * length)
    for channel in 0..<channels {
      mean[channel] = moments.mean[channel]
      inverse[channel] = 1 / (moments.variance[channel] + epsilon).squareRoot()
      factor[channel] = inverse[channel] * (gamma?[channel] ?? 1)
      shift[channel] = beta?[channel] ?? 0
    }
  }
}

/// Each lane's sums added up and divided by the number of values.
func meanGradients(
  _ lanes: [(floats: UnsafeMutablePointer<Float>, imageCount: Int)], count: Float, length: Int
) -> [Float] {
  (0..<2 * length).map { index in
    Float(lanes.reduce(0.0) { $0 + Double($1.floats[index]) } / Double(count))
  }
}
