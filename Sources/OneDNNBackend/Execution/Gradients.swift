/// One gradient of every parameter, one after another in the layouts in which they are learned.
final class Gradients: Sendable {
  private let storage: Storage
  private let memories: [Memory]

  /// Zeros, with room for `parameters`, which start at `offsets` of `floatCount` floats.
  init(_ parameters: [CompiledParameter], at offsets: [Int], floatCount: Int) throws {
    let storage = try Storage(count: floatCount)
    self.storage = storage
    memories = try zip(parameters, offsets).map { parameter, offset in
      try Memory(parameter.gradient ?? parameter.copies[0], in: storage, at: offset)
    }
  }

  /// The gradient of the parameter of that number, as kernels write it.
  subscript(parameter: Int) -> Memory { memories[parameter] }

  /// All floats.
  var floats: UnsafeMutablePointer<Float> { storage.floats }

  /// Adds `other` to this, in `range`.
  func add(_ other: Gradients, _ range: Range<Int>) {
    let target = floats + range.lowerBound
    let source = other.floats + range.lowerBound
    for index in 0..<range.count { target[index] += source[index] }
  }
}
