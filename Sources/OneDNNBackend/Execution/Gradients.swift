/// Gradients of parameters, one after another in the layouts in which kernels give them.
final class Gradients: Sendable {
  private let storage: Storage
  private let memories: [Memory?]

  /// Zeros in `floatCount` floats, with those of `parameters` that start, at their `offsets`, within them.
  init(_ parameters: [CompiledParameter], at offsets: [Int], floatCount: Int) throws {
    let storage = try Storage(count: floatCount)
    self.storage = storage
    memories = try zip(parameters, offsets).map { parameter, offset in
      try offset < floatCount
        ? Memory(parameter.gradient ?? parameter.copies[0].layout, in: storage, at: offset) : nil
    }
  }

  /// The gradient of the parameter of that number, as kernels write it.
  subscript(parameter: Int) -> Memory {
    guard let memory = memories[parameter] else {
      preconditionFailure("no room for the gradient of parameter \(parameter)")
    }
    return memory
  }

  /// All floats.
  var floats: UnsafeMutablePointer<Float> { storage.floats }

  /// Adds `other` to this, in `range`.
  func add(_ other: Gradients, _ range: Range<Int>) {
    Elementwise.add(
      other.floats + range.lowerBound, to: floats + range.lowerBound, count: range.count)
  }
}
