import Tensors

extension Tensor {
  /// The same numbers with the axes in another order: axis `i` of the result is axis `order[i]` of this one, as in
  /// NumPy's `transpose`.
  package func transposed(_ order: [Int]) -> Tensor {
    precondition(
      order.sorted() == Array(shape.indices), "\(order) is no order of \(shape.count) axes")
    var strides = shape.map { _ in 1 }
    for axis in shape.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * shape[axis + 1]
    }
    let lengths = order.map { shape[$0] }
    let steps = order.map { strides[$0] }
    var result: [Float] = []
    result.reserveCapacity(values.count)
    var place = lengths.map { _ in 0 }
    var source = 0
    for _ in values.indices {
      result.append(values[source])
      // To the next place of the result, the last axis first.
      for axis in lengths.indices.reversed() {
        place[axis] += 1
        source += steps[axis]
        if place[axis] < lengths[axis] { break }
        source -= steps[axis] * lengths[axis]
        place[axis] = 0
      }
    }
    return Tensor(shape: lengths, values: result)
  }
}
