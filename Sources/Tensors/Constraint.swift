/// A limit that a parameter is brought back to after each update, as in Keras.
package enum Constraint: Hashable, Sendable {
  /// No value is below 0.
  case nonNegative
  /// The norm over these axes of the parameter's shape is at most `maximum`: w · min(norm, maximum) ÷ (norm + 1e-7).
  case maximumNorm(Float, axes: Set<Int>)
}

extension Constraint {
  /// True if the parameter must come to `apply` in one piece, in the order of its shape, not in slices of any order.
  package var needsWhole: Bool {
    switch self {
    case .nonNegative: false
    case .maximumNorm: true
    }
  }

  /// Brings `count` values of a parameter of `shape` back to it.
  package func apply(to values: UnsafeMutablePointer<Float>, count: Int, shape: [Int]) {
    switch self {
    case .nonNegative:
      for index in 0..<count { values[index] = max(values[index], 0) }
    case .maximumNorm(let maximum, let axes):
      precondition(count == shape.reduce(1, *), "a norm of a part of the parameter")
      let groups = NormGroups(shape: shape, axes: axes)
      var scales = [Float](repeating: 0, count: groups.count)
      groups.forEachValue { scales[$1] += values[$0] * values[$0] }
      for group in scales.indices {
        let norm = scales[group].squareRoot()
        scales[group] = min(norm, maximum) / (norm + 1e-7)
      }
      groups.forEachValue { values[$0] *= scales[$1] }
    }
  }
}

/// The values of a parameter that share a norm.
private struct NormGroups {
  /// The number of norms.
  let count: Int
  private let lengths: [Int]
  /// The distance from the number of one group to that of the next along each axis; 0 where the norm is over the axis.
  private let steps: [Int]

  init(shape: [Int], axes: Set<Int>) {
    var count = 1
    var steps = shape.map { _ in 0 }
    for axis in shape.indices.reversed() where !axes.contains(axis) {
      steps[axis] = count
      count *= shape[axis]
    }
    self.count = count
    self.steps = steps
    lengths = shape
  }

  /// Calls `body` with the index of each value, and the number of its group.
  func forEachValue(_ body: (Int, Int) -> Void) {
    guard let length = lengths.last, let step = steps.last else { return }
    let outer = lengths.indices.dropLast()
    var place = lengths.map { _ in 0 }
    var group = 0
    for start in stride(from: 0, to: lengths.reduce(1, *), by: length) {
      for index in 0..<length { body(start + index, group + index * step) }
      // To the next row, the last of the other axes first.
      for axis in outer.reversed() {
        place[axis] += 1
        group += steps[axis]
        if place[axis] < lengths[axis] { break }
        group -= steps[axis] * lengths[axis]
        place[axis] = 0
      }
    }
  }
}
